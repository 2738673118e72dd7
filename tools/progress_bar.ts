const WIDTH = 30;
/** Where nobody watches, a line is written each time so much more is done. */
const PERCENT_A_LINE = 10;

/** `[##########--------------------]  33 %  users.phone_sealed  33 of 100` */
function lineOf(label: string, done: number, total: number): string {
  const part = total === 0 ? 1 : done / total;
  const filled = Math.round(part * WIDTH);
  const percent = `${Math.floor(part * 100)}`.padStart(3);
  return `[${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}] ${percent} %  ${label}  ${done} of ${total}`;
}

/** A bar that is redrawn in place on a terminal, and is a few lines in a file. Written to stderr. */
export function createProgressBar(): (label: string, done: number, total: number) => void {
  const terminal = Deno.stderr.isTerminal();
  let told = "";
  return (label, done, total) => {
    const finished = done >= total;
    const line = lineOf(label, done, total);
    const step = `${label} ${total === 0 ? 100 : Math.floor(done / total * 100 / PERCENT_A_LINE)}`;
    if (step === told && (!terminal || finished)) return;
    told = step;
    const text = terminal ? `\r\x1b[K${line}${finished ? "\n" : ""}` : `${line}\n`;
    Deno.stderr.writeSync(new TextEncoder().encode(text));
  };
}
