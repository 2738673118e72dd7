/** QR codes, drawn here because what they say must not leave the browser. The code for it is loaded when it is used. */

export interface QrCode {
  /** Modules a side, the quiet zone included. */
  size: number;
  /** The dark modules, as an SVG path. */
  path: string;
}

export async function qrCode(text: string): Promise<QrCode> {
  const { encode } = await import("uqr");
  const { size, data } = encode(text, { ecc: "M", border: 2 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => dark ? `M${x} ${y}h1v1h-1z` : [])).join("");
  return { size, path };
}
