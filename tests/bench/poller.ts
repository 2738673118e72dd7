/** Looks after all sockets of a bench in one loop. */
import { close, connect, Epoll, EPOLLIN, EPOLLOUT, receive, transmit } from "./libc.ts";

/** Milliseconds that the loop may keep the thread before timers and fetches get their turn. */
const TURN = 5;
/** Milliseconds to wait for more within a turn, and on the thread aside when all is quiet. */
const MORE = 1;
const QUIET = 100;
const SCRATCH = 256 * 1024;

const epoll = new Epoll();
const sockets = new Map<number, Socket>();
/** With so many sockets at once to read from, a pause of so many milliseconds lets each gather more, and saves most reads. */
const CROWD = 8;
const PAUSE = 1;

/** What was read last, by whichever socket. */
const scratch = new Uint8Array(SCRATCH);
const pause = new Int32Array(new SharedArrayBuffer(4));
let running = false;

/** A TCP connection that hands over what it reads in a buffer which all share. */
export class Socket {
  #unsent: Uint8Array<ArrayBuffer> | null = null;
  #closed = false;

  private constructor(private readonly fd: number, readonly hears: Hears) {}

  /** @param address of this machine, in four numbers @throws Error when nobody listens there */
  static async open(address: string, port: number, hears: Hears): Promise<Socket> {
    const socket = new Socket(await connect(address, port), hears);
    sockets.set(socket.fd, socket);
    epoll.add(socket.fd);
    if (!running) void run();
    return socket;
  }

  /** Sends the first `length` bytes; they may be overwritten afterwards. */
  write(bytes: Uint8Array<ArrayBuffer>, length = bytes.length): void {
    if (this.#closed) return;
    const sent = this.#unsent ? 0 : Math.max(0, transmit(this.fd, bytes, length));
    if (sent === length) return;
    const rest = bytes.subarray(sent, length);
    if (!this.#unsent) epoll.change(this.fd, EPOLLIN | EPOLLOUT);
    this.#unsent = this.#unsent ? joined(this.#unsent, rest) : rest.slice();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    sockets.delete(this.fd);
    close(this.fd);
  }

  /** What epoll says there is to do. */
  attend(about: number): void {
    if ((about & EPOLLOUT) !== 0 && this.#unsent) this.#sendRest(this.#unsent);
    if ((about & ~EPOLLOUT) === 0) return;
    const length = receive(this.fd, scratch);
    if (length > 0) return this.hears.bytes(scratch, length);
    // Nothing to read although there was to be something: the other side has gone.
    this.close();
    this.hears.end();
  }

  #sendRest(unsent: Uint8Array<ArrayBuffer>): void {
    const sent = Math.max(0, transmit(this.fd, unsent, unsent.length));
    this.#unsent = sent === unsent.length ? null : unsent.slice(sent);
    if (!this.#unsent) epoll.change(this.fd, EPOLLIN);
  }
}

export interface Hears {
  /** The first `length` of these bytes have come; they are good only until it returns. */
  bytes(bytes: Uint8Array<ArrayBuffer>, length: number): void;
  /** The other side has gone. */
  end(): void;
}

async function run(): Promise<void> {
  running = true;
  while (sockets.size > 0) {
    let ready = await epoll.waitAside(QUIET);
    const until = performance.now() + TURN;
    while (ready > 0) {
      for (let index = 0; index < ready; index++) {
        sockets.get(epoll.socketOf(index))?.attend(epoll.aboutOf(index));
      }
      if (ready >= CROWD) Atomics.wait(pause, 0, 0, PAUSE);
      ready = performance.now() < until ? epoll.wait(MORE) : 0;
    }
  }
  running = false;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
