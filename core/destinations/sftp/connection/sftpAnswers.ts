/** Types of SFTP packets that answer a request (draft-ietf-secsh-filexfer-02, section 3). */
export const ANSWER = { status: 101, handle: 102, data: 103, names: 104, attrs: 105, extended: 201 } as const;

/** How many answers may belong to no request. */
const MOST_UNASKED = 100;

const LENGTH_BYTES = 4;

/** Of the length, the type and the number of the request. */
const HEAD_BYTES = LENGTH_BYTES + 1 + 4;

/** Longest packet that ssh2 takes; it reads a length as a signed number. */
const MOST_BYTES = 256 * 1024;

/** The type of the packet that ssh2 reads on a channel at the moment. */
const types = new WeakMap<object, number>();

/** The type of the answer that a callback of `channel` is called for; undefined when ssh2 calls it by itself. */
export function answerType(channel: object): number | undefined {
	return types.get(channel);
}

/**
 * Hands ssh2's SFTP channel one packet at a time, so that callbacks can tell what they are called for. A packet that cannot be read, and
 * answers without a request, become the channel's 'error'; nothing more is read then.
 */
export function separateAnswers(channel: object): void {
	const push: unknown = Reflect.get(channel, 'push');
	const emit: unknown = Reflect.get(channel, 'emit');
	if (typeof push !== 'function' || typeof emit !== 'function') return;
	const head = Buffer.alloc(HEAD_BYTES);
	/** Bytes of the present packet that were passed on; answers without a request. */
	let [passed, unasked] = [0, 0];
	let isBroken = false;
	const passOn = (data: Buffer, from: number): number => {
		if (passed < HEAD_BYTES) data.copy(head, passed, from, Math.min(data.length, from + HEAD_BYTES - passed));
		const isLong = passed + data.length - from >= LENGTH_BYTES;
		const bytes = isLong ? LENGTH_BYTES + head.readUInt32BE() : Infinity;
		if (isLong && bytes > LENGTH_BYTES + MOST_BYTES) throw new Error(`its packet has ${bytes} bytes`);
		const end = Math.min(data.length, from + bytes - passed);
		passed += end - from;
		if (passed < bytes) {
			Reflect.apply(push, channel, [data.subarray(from, end)]);
			return end;
		}
		if (bytes >= HEAD_BYTES && isUnasked(channel, head)) unasked++;
		if (unasked > MOST_UNASKED) throw new Error('it answers what was not asked');
		passed = 0;
		types.set(channel, head[LENGTH_BYTES] ?? 0);
		Reflect.apply(push, channel, [data.subarray(from, end)]);
		types.delete(channel);
		return end;
	};
	const separated = (data: Buffer | null): unknown => {
		if (data === null) return Reflect.apply(push, channel, [data]);
		try {
			for (let at = 0; at < data.length && !isBroken; ) at = passOn(data, at);
		} catch (fault) {
			isBroken = true;
			types.delete(channel);
			Reflect.apply(emit, channel, ['error', fault]);
		}
		return true;
	};
	Reflect.set(channel, 'push', separated);
}

function isUnasked(channel: object, head: Buffer): boolean {
	const isAnswer = (head[LENGTH_BYTES] ?? 0) >= ANSWER.status;
	return isAnswer && !Reflect.has(Object(Reflect.get(channel, '_requests')), head.readUInt32BE(LENGTH_BYTES + 1));
}
