/** SSH's binary form: fields one after the other, each a 32-bit length and that many bytes (RFC 4251 section 5, `string`). */

/** The first `atMost` fields of `blob`, or all; `undefined` when one of them is longer than what is there. */
export function readFields(blob: Buffer, atMost = Infinity): Buffer[] | undefined {
	const fields: Buffer[] = [];
	for (let at = 0; at < blob.length && fields.length < atMost; ) {
		const start = at + 4;
		if (start > blob.length) return undefined;
		at = start + blob.readUInt32BE(start - 4);
		if (at > blob.length) return undefined;
		fields.push(blob.subarray(start, at));
	}
	return fields;
}

/** The reverse of `readFields`. */
export function writeFields(...fields: ReadonlyArray<Buffer | string>): Buffer {
	return Buffer.concat(fields.flatMap((field) => [uint32(Buffer.byteLength(field)), Buffer.from(field)]));
}

export function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}
