// Reads one file out of a zip archive (PKWARE APPNOTE 6.3.10), since Node has the compression but not the container.
import { inflateRawSync } from "node:zlib";

const endOfCentralDirectory = 0x06054b50;
const centralHeader = 0x02014b50;
const stored = 0;
const deflated = 8;

/**
 * The contents of the file `name` in the archive.
 * @param {Buffer} archive
 * @param {string} name
 * @returns {Buffer}
 */
export function fileInZip(archive, name) {
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(endOfCentralDirectory);
  const end = archive.lastIndexOf(signature);
  if (end === -1) throw new Error("not a zip archive: it has no central directory");
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== centralHeader) throw new Error(`zip archive: no file header at byte ${at}`);
    const nameLength = archive.readUInt16LE(at + 28);
    if (archive.toString("utf8", at + 46, at + 46 + nameLength) === name) return contents(archive, at);
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  throw new Error(`zip archive: it has no ${name}`);
}

function contents(archive, header) {
  const method = archive.readUInt16LE(header + 10);
  const size = archive.readUInt32LE(header + 20);
  const local = archive.readUInt32LE(header + 42);
  // The local header repeats the name and has an extra field of a length of its own.
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const data = archive.subarray(start, start + size);
  if (method === stored) return data;
  if (method === deflated) return inflateRawSync(data);
  throw new Error(`zip archive: compression method ${method} is not read here`);
}
