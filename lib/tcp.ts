/**
 * What the kernel knows of this process's TCP connections, and Deno does not tell: how much came in, and a
 * way to end one at once. Linux with glibc; elsewhere there is none of it.
 */

/** One connection, good until the next turn of the event loop: then its descriptor may be another's. */
export interface TcpConnection {
  /** Bytes that came in since it was opened, whether or not anybody has read them. */
  readonly received: number;
  /** Ends it in both directions; what waited to be sent is dropped. */
  cut(): void;
}

/** Names of ends, whatever else is known of each. */
type Ends = Pick<ReadonlyMap<string, unknown>, "has" | "keys">;

export interface Tcp {
  /** The open ones among the connections to these other ends, as {@link endOf} names them. */
  find(ends: Ends): Map<string, TcpConnection>;
  /** Asks no more. */
  close(): void;
}

/** <linux/tcp.h>, <sys/socket.h>; the same on x86-64 and ARM. */
const IPPROTO_TCP = 6, TCP_INFO = 11, SHUT_RDWR = 2, AF_INET = 2, AF_INET6 = 10;
/** Bytes: `struct sockaddr_in6`, the longest we ask for, and as much of `struct tcp_info` as is used. */
const ADDRESS_BYTES = 28, INFO_BYTES = 136;
/** Where `tcpi_bytes_received` (u64) stands in `struct tcp_info`; Linux 4.1 and later. */
const BYTES_RECEIVED = 128;

const SYMBOLS = {
  getpeername: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  getsockopt: { parameters: ["i32", "i32", "i32", "buffer", "buffer"], result: "i32" },
  shutdown: { parameters: ["i32", "i32"], result: "i32" },
} as const;

type Libc = Deno.DynamicLibrary<typeof SYMBOLS>["symbols"];

/** One name for an address and port, however the address is written: IPv4 as the IPv6 it is mapped to. */
export function endOf({ hostname, port }: Pick<Deno.NetAddr, "hostname" | "port">): string {
  const address = hostname.includes(":") ? hostname : `::ffff:${hostname}`;
  return `${new URL(`http://[${address}]`).hostname}:${port}`;
}

/** Null where the kernel cannot be asked. */
export function openTcp(): Tcp | null {
  try {
    if (Deno.build.os !== "linux") return null;
    const libc = Deno.dlopen("libc.so.6", SYMBOLS);
    return { find: (ends) => find(libc.symbols, ends), close: () => libc.close() };
  } catch {
    return null; // No glibc, or no leave to use it.
  }
}

function find(libc: Libc, ends: Ends): Map<string, TcpConnection> {
  const found = new Map<string, TcpConnection>();
  // Most descriptors are others' sockets: a port is cheaper to compare than a name is to make.
  const ports = new Set<number>();
  for (const end of ends.keys()) ports.add(Number(end.slice(end.lastIndexOf(":") + 1)));
  const address = new DataView(new ArrayBuffer(ADDRESS_BYTES));
  const bytes = new Uint8Array(address.buffer);
  const length = new Uint32Array(1);
  for (const { name } of Deno.readDirSync("/proc/self/fd")) {
    const descriptor = Number(name);
    length[0] = ADDRESS_BYTES;
    if (libc.getpeername(descriptor, bytes, length) !== 0) continue;
    if (!ports.has(address.getUint16(2))) continue;
    const end = peerEnd(address);
    if (end === null || !ends.has(end)) continue;
    const connection = look(libc, descriptor);
    if (connection) found.set(end, connection);
  }
  return found;
}

function look(libc: Libc, descriptor: number): TcpConnection | null {
  const info = new DataView(new ArrayBuffer(INFO_BYTES));
  const length = new Uint32Array([INFO_BYTES]);
  const bytes = new Uint8Array(info.buffer);
  if (libc.getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, bytes, length) !== 0) return null;
  // An older kernel gives less.
  if (length[0]! < INFO_BYTES) return null;
  return {
    received: Number(info.getBigUint64(BYTES_RECEIVED, true)),
    cut: () => void libc.shutdown(descriptor, SHUT_RDWR),
  };
}

/** `struct sockaddr_in` or `sockaddr_in6` → the name of that end; null of anything else. */
function peerEnd(address: DataView): string | null {
  const family = address.getUint16(0, true);
  const port = address.getUint16(2);
  if (family === AF_INET) {
    return endOf({ hostname: [4, 5, 6, 7].map((at) => address.getUint8(at)).join("."), port });
  }
  if (family !== AF_INET6) return null;
  const groups = Array.from({ length: 8 }, (_, index) => address.getUint16(8 + 2 * index).toString(16));
  return endOf({ hostname: groups.join(":"), port });
}
