/** SSH's binary form: fields one after the other, each a 32-bit length and that many bytes (RFC 4251 section 5, `string`). */

/** The first `atMost` fields of `blob`, or all; `undefined` when one of them is longer than what is there. */
export function readSshStrings(blob: Buffer, atMost = Infinity): Buffer[] | undefined {
	const fields: Buffer[] = [];
	for (let offset = 0; offset < blob.length && fields.length < atMost; ) {
		const start = offset + 4;
		if (start > blob.length) return undefined;
		offset = start + blob.readUInt32BE(start - 4);
		if (offset > blob.length) return undefined;
		fields.push(blob.subarray(start, offset));
	}
	return fields;
}

/** The reverse of `readSshStrings`. */
export function writeSshStrings(...fields: ReadonlyArray<Buffer | string>): Buffer {
	return Buffer.concat(fields.flatMap((field) => [uint32(Buffer.byteLength(field)), Buffer.from(field)]));
}

export function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}
