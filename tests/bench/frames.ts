/** Frames that send, made once and filled in: a number and a moment for each message. */
import { Buffer } from "node:buffer";
import { Marker } from "./marker.ts";
import { textFrame, type Wire } from "./wire.ts";

const NUMBER_DIGITS = 9;
const MOMENT_DIGITS = 10;
/** Moments are told in hundredths of a millisecond. */
const FINE = 100;
const NUMBER = "#".repeat(NUMBER_DIGITS);
const MOMENT = "~".repeat(MOMENT_DIGITS);
/** With the moment before it as long as a line of chat is. */
const FILLER = " and then as much as people say to each other in a room, some eighty letters.";
const BODY = `t${MOMENT}${FILLER}`;
const STAMP = '"body":"t';
const OUT_BYTES = 512 * 1024;

/** Messages get numbers of as many digits, whichever they are. */
export const FIRST_NUMBER = 10 ** (NUMBER_DIGITS - 1);

/** What a send is written with. `number` stands where a number may be that tells this send from others. */
export interface SendText {
  roomId: string;
  clientId: string;
  body: string;
  number: string;
}

/** The frame of a send to one room. */
export class SendFrame {
  readonly bytes: Buffer;
  readonly numberAt: number[];
  readonly momentAt: number[];

  /** @param run eight letters that begin the client id of all these sends */
  constructor(write: (send: SendText) => string, roomId: string, run: string) {
    // As long as a UUID.
    const clientId = `${run}-${"0".repeat(27 - NUMBER_DIGITS)}${NUMBER}`;
    this.bytes = textFrame(write({ roomId, clientId, body: BODY, number: NUMBER }));
    this.numberAt = placesOf(NUMBER, this.bytes);
    this.momentAt = placesOf(MOMENT, this.bytes);
  }
}

/** Frames that go out over one wire in one write. */
export class Outgoing {
  readonly #bytes = Buffer.alloc(OUT_BYTES);
  #length = 0;

  /** Adds a send. @param at as `performance.now()` tells it */
  add({ bytes, numberAt, momentAt }: SendFrame, number: number, at: number): void {
    this.#bytes.set(bytes, this.#length);
    for (const place of numberAt) this.#write(number, this.#length + place, NUMBER_DIGITS);
    for (const place of momentAt) this.#write(Math.round(at * FINE), this.#length + place, MOMENT_DIGITS);
    this.#length += bytes.length;
  }

  sendOver(wire: Wire): void {
    if (this.#length > 0) wire.write(this.#bytes, this.#length);
    this.#length = 0;
  }

  #write(value: number, at: number, digits: number): void {
    for (let place = at + digits - 1; place >= at; place--) {
      this.#bytes[place] = 48 + value % 10;
      value = Math.floor(value / 10);
    }
  }
}

/** Reads the moments of messages out of frames that bring them. */
export class Moments {
  readonly #marker = new Marker(STAMP);

  /** Calls `each` with the moment that each message of a frame was sent at. Answers how many there were. */
  read(payload: Uint8Array, each: (sentAt: number) => void): number {
    let count = 0;
    for (let at = this.#marker.next(payload, -1); at >= 0; at = this.#marker.next(payload, at)) {
      let value = 0;
      const from = at + STAMP.length;
      for (let place = from; place < from + MOMENT_DIGITS; place++) value = value * 10 + payload[place]! - 48;
      each(value / FINE);
      count++;
    }
    return count;
  }
}

function placesOf(text: string, bytes: Buffer): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) places.push(at);
  return places;
}
