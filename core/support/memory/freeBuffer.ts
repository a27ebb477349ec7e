import { usesPlainIo } from '../plainIo';

/**
 * Frees the memory of a buffer that won't be read again, at once and not when V8 next searches n8n's whole heap for garbage. Does nothing for a buffer that shares its memory, and before Node 22.
 */
export function freeBuffer(buffer: Buffer): void {
	if (usesPlainIo) return;
	const memory: unknown = buffer.buffer;
	if (!(memory instanceof ArrayBuffer) || memory.byteLength !== buffer.length) return;
	const transfer: unknown = Reflect.get(memory, 'transfer');
	if (typeof transfer === 'function') Reflect.apply(transfer, memory, [0]);
}
