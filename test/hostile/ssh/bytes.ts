/** Pieces of SSH and SFTP packets as they go over the line. */

export function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}

/** A length and that many bytes (RFC 4251 section 5, `string`). */
export function string(value: string | Buffer): Buffer {
	const bytes = Buffer.from(value);
	return Buffer.concat([uint32(bytes.length), bytes]);
}

export function mpint(value: bigint): Buffer {
	const hex = value.toString(16);
	const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
	return string((bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes);
}

/** A message: its number and what follows. */
export function message(type: number, ...parts: readonly Buffer[]): Buffer {
	return Buffer.concat([Buffer.from([type]), ...parts]);
}

/** A packet before keys are exchanged (RFC 4253 section 6). */
export function plainPacket(payload: Buffer): Buffer {
	const short = 8 - ((5 + payload.length) % 8);
	const padding = short < 4 ? short + 8 : short;
	return Buffer.concat([uint32(1 + payload.length + padding), Buffer.from([padding]), payload, Buffer.alloc(padding)]);
}

/** SSH_MSG_KEXINIT (RFC 4253 section 7.1), which agrees to one algorithm of each kind. */
export function keyExchangeInit({
	kex = 'curve25519-sha256',
	signedBy = 'ssh-ed25519',
	cipher = 'aes128-gcm@openssh.com',
	mac = 'hmac-sha2-256',
	compression = 'none',
}): Buffer {
	const lists = [kex, signedBy, cipher, cipher, mac, mac, compression, compression, '', ''];
	return message(20, Buffer.alloc(16), ...lists.map(string), Buffer.alloc(5));
}
