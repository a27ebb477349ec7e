import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { cutAt, paced, stalledAt } from './body';
import type { SandboxDataSet } from './dataSet';
import type { Exchange } from './exchange';
import { begin } from './exchange';
import type { DetailedFault } from './faults';

type Body = Iterable<Buffer> | AsyncIterable<Buffer>;

/** `GET /v1/datasets/{id}/data`: the CSV, chunked, no faster than the client reads. */
export async function sendExport(exchange: Exchange, dataSet: SandboxDataSet, fault: DetailedFault): Promise<void> {
	const { request, response, url, signal } = exchange;
	const header = url.searchParams.get('includeHeader')?.toLowerCase() === 'true';
	const gzip = dataSet.gzip === true && accepts(request.headers['accept-encoding'], 'gzip');
	const fileName = url.searchParams.get('fileName');
	begin(exchange, 200, {
		'Content-Type': 'text/csv',
		...(gzip ? { 'Content-Encoding': 'gzip' } : {}),
		...(fileName === null ? {} : { 'Content-Disposition': `attachment; filename="${headerSafe(fileName)}"` }),
	});
	response.flushHeaders();
	const csv = dataSet.csv({ header, rows: Math.max(0, dataSet.rows - hiddenRows(fault)) });
	for await (const chunk of faulty(gzip ? gzipped(csv) : csv, fault, signal)) {
		if (!response.write(chunk)) await once(response, 'drain', { signal });
		signal.throwIfAborted();
	}
	await finish(exchange, fault);
}

/** Whether a media type or coding is in an Accept header, or everything is. */
export function accepts(header: string | undefined, ...wanted: readonly string[]): boolean {
	const offered = (header ?? '*/*').split(',').map((part) => part.split(';', 1)[0]?.trim().toLowerCase() ?? '');
	return offered.some((one) => one === '*/*' || wanted.includes(one));
}

function hiddenRows(fault: DetailedFault): number {
	return fault.kind === 'short' ? fault.missingRows : fault.kind === 'pdp' ? fault.hiddenRows : 0;
}

/** The body with what the fault does to its bytes; without a fault the body itself, at full speed. */
function faulty(body: Body, fault: DetailedFault, signal: AbortSignal): Body {
	let result = body;
	if (fault.kind === 'cut') result = cutAt(result, fault.atByte);
	if (fault.kind === 'stall') result = stalledAt(result, fault.atByte, fault.ms, signal);
	if ('bytesPerSecond' in fault && fault.bytesPerSecond !== undefined)
		result = paced(result, fault.bytesPerSecond, signal);
	return result;
}

async function* gzipped(csv: Body): AsyncIterable<Buffer> {
	const gzip = createGzip();
	// Its failure is the stream's failure too, which the loop below throws.
	const fed = pipeline(csv, gzip).catch(() => undefined);
	yield* gzip;
	await fed;
}

async function finish({ response }: Exchange, fault: DetailedFault): Promise<void> {
	if (fault.kind !== 'cut' || fault.how === 'end') {
		response.end();
		return;
	}
	const { socket } = response;
	// An empty write returns after all that was written before it: the client gets every byte up to the cut.
	await new Promise<void>((resolve) => (socket ? socket.write('', () => resolve()) : resolve()));
	if (fault.how === 'reset') socket?.resetAndDestroy();
	else socket?.destroy();
}

/** A header can carry neither what ends it nor what is not Latin. */
function headerSafe(text: string): string {
	return text.replace(/[^ -~]|["\\]/g, '_');
}
