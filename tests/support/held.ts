/** Bytes that this isolate holds, buffers too. The process's memory is that of all test files that run beside this one. */
export function held(): number {
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}
