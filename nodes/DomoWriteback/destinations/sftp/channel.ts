import type { SFTPWrapper } from 'ssh2';
import type { WritebackError } from '../../errors';
import { statusOf } from './status';

type Fault = Error | null | undefined;

/** One SFTP channel: requests on it are answered in order, and the server lets so many bytes wait in it. */
export interface Channel {
	/** Sends one request; rejects with the server's status, or as soon as the connection is lost or silent. */
	tell(send: (sftp: SFTPWrapper, answer: (fault?: Fault) => void) => void): Promise<void>;
	/** The same for a request that is answered with a value. */
	ask<T>(send: (sftp: SFTPWrapper, answer: (fault: Fault, value: T) => void) => void): Promise<T>;
	/** Largest write the server takes in one request, in bytes. */
	readonly maxWriteBytes: number;
	/** Closes the channel; the connection goes on. */
	endChannel(): void;
}

/** The requests of one connection that wait for an answer. */
export interface Waiting {
	readonly add: (reject: (fault: WritebackError) => void) => void;
	readonly answered: (reject: (fault: WritebackError) => void) => void;
	/** Why the connection is gone; undefined while it lives. */
	readonly lost: () => WritebackError | undefined;
}

/** `unanswered` is what a request rejects with that was under way when the channel closed. */
export function channelOf(sftp: SFTPWrapper, waiting: Waiting, unanswered: () => WritebackError): Channel {
	const ask: Channel['ask'] = async (send) =>
		await new Promise((resolve, reject) => {
			const lost = waiting.lost();
			if (lost !== undefined) return reject(lost);
			waiting.add(reject);
			const settle = (fault: unknown) => {
				waiting.answered(reject);
				if (fault) reject(fault);
			};
			try {
				send(sftp, (fault, value) => {
					// What ssh2 says by itself, once no answer will come, has no status.
					settle(fault && statusOf(fault) === undefined ? unanswered() : fault);
					resolve(value);
				});
			} catch (fault) {
				settle(fault);
			}
		});
	return {
		ask,
		tell: async (send) => await ask<void>((channel, answer) => send(channel, (fault) => answer(fault, undefined))),
		maxWriteBytes: maxWrite(sftp),
		endChannel: () => {
			// Its closing is no loss any more.
			sftp.removeAllListeners('close').end();
		},
	};
}

/** What SSH implementations have taken for ever (draft-ietf-secsh-filexfer-02, section 3), less the header. */
const SAFE_WRITE_BYTES = 31_952;

function maxWrite(sftp: SFTPWrapper): number {
	// ssh2 asks limits@openssh.com and keeps the answer to itself; without it every server but OpenSSH gets the safe size.
	const limit: unknown = Reflect.get(sftp, '_maxWriteLen');
	return typeof limit === 'number' && limit > 0 ? limit : SAFE_WRITE_BYTES;
}
