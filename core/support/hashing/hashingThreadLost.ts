/** The thread that hashed a file ended or came to a standstill in mid-file, and the state of the hash with it. No other is started in this process for an hour. */
export class HashingThreadLost extends Error {
	override readonly name = 'HashingThreadLost';

	constructor(cause?: unknown) {
		super('The thread that hashed the file was lost', { cause });
	}
}
