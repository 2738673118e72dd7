/**
 * The C library's own sockets, and epoll(7). A read through Deno is an operation with a promise of its own; with
 * thousands of sockets that costs more than the servers they measure. Linux with glibc only, as the whole bench is.
 */

const AF_INET = 2, SOCK_STREAM = 1, SOCK_CLOEXEC = 0o2000000;
const IPPROTO_TCP = 6, TCP_NODELAY = 1;
const MSG_DONTWAIT = 0x40, MSG_NOSIGNAL = 0x4000;
const EPOLL_CLOEXEC = 0o2000000, EPOLL_CTL_ADD = 1, EPOLL_CTL_MOD = 3;

export const EPOLLIN = 0x1, EPOLLOUT = 0x4;

// Lengths are of 32 bits here, so that they are numbers and not bigints: none is ever larger.
const { symbols: libc } = Deno.dlopen("libc.so.6", {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  connect: { parameters: ["i32", "buffer", "u32"], result: "i32", nonblocking: true },
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
  recv: { parameters: ["i32", "buffer", "u32", "i32"], result: "i32" },
  send: { parameters: ["i32", "buffer", "u32", "i32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  epoll_create1: { parameters: ["i32"], result: "i32" },
  epoll_ctl: { parameters: ["i32", "i32", "i32", "buffer"], result: "i32" },
  epoll_wait: { parameters: ["i32", "buffer", "i32", "i32"], result: "i32" },
  epoll_wait_aside: {
    name: "epoll_wait",
    parameters: ["i32", "buffer", "i32", "i32"],
    result: "i32",
    nonblocking: true,
  },
});

/** A connected TCP socket, without Nagle's delay. @throws Error when nobody listens there */
export async function connect(address: string, port: number): Promise<number> {
  const fd = libc.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) throw new Error("no more sockets: raise `ulimit -n`");
  const sockaddr = new Uint8Array(16);
  const view = new DataView(sockaddr.buffer);
  view.setUint16(0, AF_INET, true);
  view.setUint16(2, port);
  sockaddr.set(address.split(".").map(Number), 4);
  if (await libc.connect(fd, sockaddr, sockaddr.length) !== 0) {
    libc.close(fd);
    throw new Error(`nobody listens at ${address}:${port}`);
  }
  libc.setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, new Uint8Array(new Int32Array([1]).buffer), 4);
  return fd;
}

/** Reads what is there, up to the buffer's length. 0 at the end; below 0 when there is nothing, or it broke. */
export function receive(fd: number, into: Uint8Array<ArrayBuffer>): number {
  return libc.recv(fd, into, into.length, MSG_DONTWAIT);
}

/** Writes as many of the first `length` bytes as fit now; below 0 when none do, or it broke. */
export function transmit(fd: number, bytes: Uint8Array<ArrayBuffer>, length: number): number {
  return libc.send(fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
}

export function close(fd: number): void {
  libc.close(fd);
}

// `struct epoll_event` is packed on x86-64 alone.
const EVENT_BYTES = Deno.build.arch === "x86_64" ? 12 : 16;
const DATA_AT = EVENT_BYTES - 8;
const EVENTS_MAX = 1024;

/** Sockets that are looked after together. */
export class Epoll {
  readonly #fd = libc.epoll_create1(EPOLL_CLOEXEC);
  readonly #events = new Uint8Array(EVENT_BYTES * EVENTS_MAX);
  readonly #view = new DataView(this.#events.buffer);

  add(fd: number): void {
    this.#control(EPOLL_CTL_ADD, fd, EPOLLIN);
  }

  /** @param what {@link EPOLLIN}, {@link EPOLLOUT}, or both */
  change(fd: number, what: number): void {
    this.#control(EPOLL_CTL_MOD, fd, what);
  }

  /** How many sockets have something; looks for so many milliseconds, and holds up this thread meanwhile. */
  wait(timeout: number): number {
    return libc.epoll_wait(this.#fd, this.#events, EVENTS_MAX, timeout);
  }

  /** As {@link wait}, on a thread of its own. */
  waitAside(timeout: number): Promise<number> {
    return libc.epoll_wait_aside(this.#fd, this.#events, EVENTS_MAX, timeout);
  }

  /** The socket of the last wait's `index`-th event. */
  socketOf(index: number): number {
    return this.#view.getInt32(index * EVENT_BYTES + DATA_AT, true);
  }

  /** What the last wait's `index`-th event is about. */
  aboutOf(index: number): number {
    return this.#view.getUint32(index * EVENT_BYTES, true);
  }

  #control(how: number, fd: number, what: number): void {
    const event = new Uint8Array(EVENT_BYTES);
    const view = new DataView(event.buffer);
    view.setUint32(0, what, true);
    view.setInt32(DATA_AT, fd, true);
    if (libc.epoll_ctl(this.#fd, how, fd, event) !== 0) throw new Error("epoll_ctl failed");
  }
}
