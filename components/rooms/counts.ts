/** `1 member`, `12 members`. */
export function memberWords(count: number): string {
  return count === 1 ? "1 member" : `${count} members`;
}
