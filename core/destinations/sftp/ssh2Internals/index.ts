import type { Socket } from 'node:net';
import type { Client, SFTPWrapper } from 'ssh2';
import { version } from 'ssh2/package.json';
import { coalesceWrites, isCopying } from './coalescingSocket';
import { useGcmCipher } from './gcmCipher';
import { copyUnsent, HEADER_BYTES, isUnsent, writeInPlace } from './zeroCopyWrite';
import { usesPlainIo } from '../../../support/plainIo';
import type { Block } from '../../../support/rechunk';

/** `HEADER_BYTES` is the room that a block needs in front of its data. */
export { copyUnsent, HEADER_BYTES, isUnsent };

/** The one version whose private fields these files were written for. */
const WRITTEN_FOR = '1.17.0';

/** Whether ssh2 is the version that is known inside, and `DOMO_WRITEBACK_PLAIN_IO` does not say otherwise. */
export const usesSsh2Internals = version === WRITTEN_FOR && !usesPlainIo;

/** Lets what is written to a socket go out together. For a socket that is connected and not used yet. */
export function prepareSocket(socket: Socket): Socket {
	return usesSsh2Internals ? coalesceWrites(socket) : socket;
}

/** Makes AES-GCM cheap on a prepared socket. To be called after every key exchange. */
export function prepareCiphers(client: Client, socket: Socket): void {
	if (isCopying(socket)) useGcmCipher(client, socket);
}

/** Asks the server to write a block at an offset; `answer` gets the server's status as an error. The block stays untouched until then, or until `copyUnsent`. */
export function writeBlock(
	sftp: SFTPWrapper,
	handle: Buffer,
	block: Block,
	at: number,
	answer: (fault?: Error | null) => void,
): void {
	if (usesSsh2Internals && writeInPlace(sftp, handle, block, at, answer)) return;
	sftp.write(handle, block.data, 0, block.data.length, at, answer);
}
