import { expect } from "expect";
import { disposition } from "../../lib/http/file_response.ts";
import { contentType } from "../../lib/uploads/content_type.ts";
import { fileName, pictureName } from "../../lib/uploads/names.ts";
import { bytesOf } from "../support/pictures.ts";

Deno.test("a file keeps its name when nothing is wrong with it", () => {
  for (
    const name of [
      "notes.txt",
      "Räum 1 (final).pdf",
      "عکس من.png",
      "写真.jpeg",
      "no extension",
      "👩‍🚀.gif",
      "a.tar.gz",
    ]
  ) {
    expect(fileName(name)).toBe(name);
  }
});

Deno.test("a name is made fit when it leads elsewhere, hides something or goes on too long", () => {
  const names: [said: string, name: string][] = [
    ["../../etc/passwd", "passwd"],
    ["..\\..\\windows\\system32\\a.exe", "a.exe"],
    ["/etc/shadow/", "shadow"],
    ["..", "file"],
    ["", "file"],
    ["  . ", "file"],
    [".htaccess", "htaccess"],
    ["a.txt. . ", "a.txt"],
    ["photo\u202Egpj.exe", "photogpj.exe"],
    ["\u2066a\u2069\u200B\uFEFF.png", "a.png"],
    ["a\0b\r\nset-cookie: x.txt", "abset-cookie_ x.txt"],
    ['quo"te<>|?*:.txt', "quo_te______.txt"],
    ["half \uD83D.txt", "half .txt"],
    ["e\u0301.txt", "é.txt"],
    ["x".repeat(300) + ".pdf", "x".repeat(116) + ".pdf"],
    ["ä".repeat(300), "ä".repeat(120)],
    ["x".repeat(300) + "." + "y".repeat(100), "x".repeat(120)],
  ];
  for (const [said, name] of names) expect([said, fileName(said)]).toEqual([said, name]);
});

Deno.test("a picture's name ends as what it was written as", () => {
  const names: [name: string, type: string, shown: string][] = [
    ["a.JPG", "image/jpeg", "a.JPG"],
    ["a.jpeg", "image/jpeg", "a.jpeg"],
    ["a.gif", "image/webp", "a.webp"],
    ["a.avif", "image/webp", "a.webp"],
    ["a.html", "image/png", "a.html.png"],
    ["a", "image/jpeg", "a.jpg"],
    ["x".repeat(120), "image/jpeg", "x".repeat(116) + ".jpg"],
  ];
  for (const [name, type, shown] of names) expect(pictureName(name, type)).toBe(shown);
});

Deno.test("a header carries any name, and nothing but a name", () => {
  const headers: [name: string, header: string][] = [
    ["a.txt", `attachment; filename="a.txt"; filename*=UTF-8''a.txt`],
    ["it's (1)*.txt", `attachment; filename="it's (1)*.txt"; filename*=UTF-8''it%27s%20%281%29%2A.txt`],
    ['a"b\\c%41.txt', `attachment; filename="a_b_c_41.txt"; filename*=UTF-8''a%22b%5Cc%2541.txt`],
    ["写真.jpg", `attachment; filename="__.jpg"; filename*=UTF-8''%E5%86%99%E7%9C%9F.jpg`],
    ["", "attachment"],
  ];
  for (const [name, header] of headers) {
    expect(disposition("attachment", name)).toBe(header);
    new Headers({ "content-disposition": header });
  }
});

Deno.test("a file is told by its content", async () => {
  const files: [content: Uint8Array, type: string][] = [
    [bytesOf("%PDF-1.7\n%âãÏÓ"), "application/pdf"],
    [bytesOf("plain words, ünïcode and all\n"), "text/plain"],
    // Cut in the middle of a character, as a beginning may be.
    [bytesOf("naïve ä").slice(0, -1), "text/plain"],
    [bytesOf("<svg xmlns='http://www.w3.org/2000/svg'/>"), "text/plain"],
    [bytesOf("<?xml version='1.0'?><svg/>"), "application/octet-stream"],
    [bytesOf("a\0b"), "application/octet-stream"],
    [Uint8Array.of(0xc3, 0x28, 0xff), "application/octet-stream"],
    [bytesOf("ID3\x04\0\0\0\0\x10\0"), "audio/mpeg"],
    [Uint8Array.of(0x1f, 0x8b, 8, 0), "application/gzip"],
    [bytesOf("MZ\x90\0"), "application/octet-stream"],
  ];
  for (const [content, type] of files) {
    expect([new TextDecoder("latin1").decode(content), await contentType(content)])
      .toEqual([new TextDecoder("latin1").decode(content), type]);
  }
});
