import type { Recipients } from './pgp/recipients';
import type { ByteStream, ByteTransform } from '../../support/byteStream';
import { rechunkUnpooled } from '../../support/rechunk';

export { readRecipients, type Recipients } from './pgp/recipients';

/** openpgp has its own costs for every piece; beyond this they no longer matter. */
const PIECE_BYTES = 256 * 1024;

export interface PgpOptions {
	/** As text in base64, a third larger, and not as bytes. */
	readonly armor: boolean;
	/** What the recipient's program may propose when it decrypts. */
	readonly fileName: string;
}

/**
 * Encrypts for every recipient (RFC 9580): a fresh session key, integrity protection, no signature, no compression. What fails to decrypt as a
 * whole was cut or changed on its way.
 */
export function encryptPgp(recipients: Recipients, { armor, fileName }: PgpOptions): ByteTransform {
	return async function* (body) {
		const { createMessage, encrypt, enums } = await import('openpgp');
		const source = feed(body);
		try {
			const message = await createMessage({ binary: source.stream, filename: fileName });
			const options = {
				message,
				encryptionKeys: [...recipients.keys],
				config: { preferredCompressionAlgorithm: enums.compression.uncompressed },
			};
			const encrypted = armor
				? await encrypt({ ...options, format: 'armored' })
				: await encrypt({ ...options, format: 'binary' });
			yield* source.watch(encrypted);
		} finally {
			source.end();
		}
	};
}

/** A body as the kind of stream that openpgp reads, and an eye on what becomes of it. */
function feed(body: ByteStream) {
	const chunks = rechunkUnpooled(body, PIECE_BYTES);
	let fault: unknown;
	let failed = false;
	const stream = new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				try {
					const next = await chunks.next();
					if (next.done === true) controller.close();
					else controller.enqueue(next.value);
				} catch (cause) {
					[fault, failed] = [cause, true];
					controller.error(cause);
				}
			},
		},
		{ highWaterMark: 0 },
	);
	return {
		stream,
		/** Passes on what openpgp made of it. The body's own fault comes through as it is. */
		async *watch(encrypted: ReadableStream<Uint8Array | string>): AsyncGenerator<Buffer> {
			const reader = encrypted.getReader();
			try {
				for (;;) {
					const next = await reader.read();
					if (failed) throw fault;
					if (next.done) return;
					yield typeof next.value === 'string' ? Buffer.from(next.value) : bufferOf(next.value);
				}
			} catch (cause) {
				throw failed ? fault : cause;
			} finally {
				reader.cancel().catch(() => undefined);
			}
		},
		end: () => void chunks.return(undefined).catch(() => undefined),
	};
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
	return Buffer.from(buffer, byteOffset, byteLength);
}
