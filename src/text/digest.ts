import { createHash, createHmac } from "node:crypto";

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

/** SHA-256 in lower-case hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** HMAC-SHA-256 in lower-case hex. */
export function hmacSha256(key: string | Uint8Array, data: string): string {
  return createHmac("sha256", key).update(data).digest("hex");
}

/** Bytes in lower-case base32 (RFC 4648 alphabet, no padding). */
export function base32(bytes: Uint8Array): string {
  let bits = 0;
  let buffer = 0;
  let text = "";
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32.charAt((buffer >>> bits) & 31);
      buffer &= (1 << bits) - 1;
    }
  }
  return bits > 0 ? text + BASE32.charAt((buffer << (5 - bits)) & 31) : text;
}

/** First `length` base32 characters of SHA-256 over the text. */
export function shortDigest(text: string, length = 26): string {
  return base32(createHash("sha256").update(text).digest()).slice(0, length);
}
