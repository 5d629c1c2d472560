import { execFileSync } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { deflateRawSync } from "node:zlib";

const tested = pathToFileURL(path.join(__dirname, "zip.mjs")).href;

/** A zip archive with the given files; the odd ones are stored, the even ones deflated. */
function zip(files: [string, string][]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [index, [name, text]] of files.entries()) {
    const method = index % 2 === 0 ? 8 : 0;
    const data = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const extra = Buffer.from("extra");
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(extra.length, 28);
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50, 0);
    header.writeUInt16LE(method, 10);
    header.writeUInt32LE(data.length, 20);
    header.writeUInt16LE(name.length, 28);
    header.writeUInt32LE(offset, 42);
    const whole = Buffer.concat([local, Buffer.from(name), extra, data]);
    parts.push(whole);
    central.push(Buffer.concat([header, Buffer.from(name)]));
    offset += whole.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

function read(archive: Buffer, name: string): string {
  const script = `
    import { fileInZip } from ${JSON.stringify(tested)};
    import { readFileSync } from "node:fs";
    try {
      process.stdout.write(fileInZip(readFileSync(0), process.argv[1]));
    } catch (error) {
      process.stdout.write("error: " + error.message);
    }`;
  return execFileSync(process.execPath, ["--input-type=module", "--eval", script, name], { input: archive }).toString();
}

const archive = zip([
  ["LICENSE.txt", "words ".repeat(1000)],
  ["tofu", "the program"],
]);

test.each([
  ["a deflated file is inflated", archive, "LICENSE.txt", "words ".repeat(1000)],
  ["a stored file is taken as it is", archive, "tofu", "the program"],
  ["a missing file is named", archive, "terraform", "error: zip archive: it has no terraform"],
  ["something else is refused", Buffer.from("<html>"), "tofu", "error: not a zip archive: it has no central directory"],
])("%s", (_title, bytes, name, expected) => {
  expect(read(bytes, name)).toBe(expected);
});
