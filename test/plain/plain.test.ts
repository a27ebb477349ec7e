import { Socket } from 'node:net';
import { freeBuffer } from '../../core/support/memory';
import { prepareSocket, usesSsh2Internals } from '../../core/destinations/sftp/ssh2Internals';
import { usesPlainIo } from '../../core/support/plainIo';

test('DOMO_WRITEBACK_PLAIN_IO=true leaves sockets, ciphers, requests and buffers to ssh2 and Node.js', () => {
	expect([usesPlainIo, usesSsh2Internals]).toEqual([true, false]);
	const socket = new Socket();
	const { write } = socket;
	expect(prepareSocket(socket).write).toBe(write);
	const buffer = Buffer.from(new ArrayBuffer(8));
	freeBuffer(buffer);
	expect(buffer.length).toBe(8);
});
