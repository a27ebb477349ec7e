/**
 * Frees the memory of a buffer that nobody will look at again, at once and not when V8 next searches for garbage: with n8n's heap
 * such a search costs as much as sending 12 MiB. Does nothing for a buffer that shares its memory, and before Node 22.
 */
export function giveBack(buffer: Buffer): void {
	const memory: unknown = buffer.buffer;
	if (!(memory instanceof ArrayBuffer) || memory.byteLength !== buffer.length) return;
	const transfer: unknown = Reflect.get(memory, 'transfer');
	if (typeof transfer === 'function') Reflect.apply(transfer, memory, [0]);
}
