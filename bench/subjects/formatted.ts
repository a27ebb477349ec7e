import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../../sandbox/domo/domo';
import type { Fixture } from '../fixtures/fixture';
import type { SftpServer } from '../fixtures/sftpServer';
import type { WritebackReport } from '../runners/job';
import type { SizeMib } from '../servers/dataSets';
import { expected } from './expected';
import { END_BYTES, type FileEnd, type Format } from './format';
import { onSftp, type OurWork, runJob } from './ours';
import { type Filter, sshCat } from './ssh';

export interface FormattedWork {
	readonly server: SftpServer;
	readonly format: Format;
	readonly mebibytes: SizeMib;
}

/** Our node writes a DataSet in a format; checks the receipt and the file. */
export async function oursFormatted(
	lab: Fixture,
	{ server, format, mebibytes }: FormattedWork,
	more: Pick<OurWork, 'formatless' | 'profileFolder'> = {},
): Promise<WritebackReport> {
	const dataSet = await expected(mebibytes);
	const { fileFormat, rows } = format;
	const chosen = rows && { rows };
	const report = await runJob(lab, { dataSets: [dataSet], place: onSftp(server), fileFormat, ...chosen, ...more });
	const [receipt] = report.receipts;
	const read = receipt?.rowsRead ?? receipt?.rows;
	const told = receipt && read === dataSet.rows && (receipt.contentSha256 ?? dataSet.sha256) === dataSet.sha256;
	if (!told) throw new Error(`The receipt does not say what Domo served: ${JSON.stringify(receipt)}`);
	await accept(server, receipt.fileName, format, dataSet, receipt.bytes);
	return report;
}

/** An export piped through the format's peer into a file on a server that takes commands; checks the file. */
export async function peerFormatted(lab: Fixture, work: FormattedWork, filter: Filter): Promise<number> {
	const { server, format, mebibytes } = work;
	const dataSet = await expected(mebibytes);
	const ms = await sshCat(lab, server, lab.domo.exportUrl(dataSet.id), join(server.root, PEER_FILE), filter);
	await accept(server, PEER_FILE, format, dataSet);
	return ms;
}

const PEER_FILE = 'peer';

/** Rejects unless the file is what the format makes of the DataSet, as far as its size and its end tell; drops it then. */
async function accept(server: SftpServer, name: string, format: Format, dataSet: Digest, told?: number): Promise<void> {
	const file = await fileEnd(join(server.root, name));
	if (!format.fits(file, dataSet)) throw new Error(`${name} (${file.bytes} bytes) is not ${format.name}`);
	await server.accept([{ name, bytes: told ?? file.bytes }]);
}

async function fileEnd(path: string): Promise<FileEnd> {
	await using file = await open(path);
	const { size: bytes } = await file.stat();
	const end = Buffer.alloc(Math.min(bytes, END_BYTES));
	await file.read(end, 0, end.length, bytes - end.length);
	return { bytes, end };
}
