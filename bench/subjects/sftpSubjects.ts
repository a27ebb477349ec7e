import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Fixture } from '../fixtures/fixture';
import type { SftpServer } from '../fixtures/sftpServer';
import { CAT, OPENSSH, PLAIN, PUT, RCLONE, UNHASHED } from '../report/bars';
import { sized, type SizeMib } from '../servers/dataSets';
import { type Subject, megabytesPerSecond } from './subject';
import { expected } from './expected';
import { ftpNode } from './ftpNode';
import { fileOf, onSftp, type OurWork, runJob, runOurs } from './ours';
import { rcloneCopyUrl, sftpRemote, UNHASHING } from './rclone';
import { sftpPut, sshCat } from './ssh';

/** One DataSet to one SFTP server. */
export interface SftpWork {
	readonly server: SftpServer;
	readonly mebibytes: SizeMib;
	/** For ssh2-sftp-client, which would take minutes for all of it. */
	readonly putMebibytes: SizeMib;
}

/** Our process, and what is special about it. */
interface OurVariant extends Pick<Subject, 'name' | 'handicap'>, Pick<OurWork, 'env'> {}

export const PLAIN_IO: OurVariant = {
	name: PLAIN,
	handicap: 'DOMO_WRITEBACK_PLAIN_IO=true',
	env: { DOMO_WRITEBACK_PLAIN_IO: 'true' },
};

export function oursToSftp(
	lab: Fixture,
	{ server, mebibytes }: SftpWork,
	{ name, handicap, env }: OurVariant,
): Subject {
	return {
		name,
		...(handicap !== undefined && { handicap }),
		run: async () => {
			const dataSet = await expected(mebibytes);
			const { wallMs } = await runOurs(lab, { dataSets: [dataSet], place: onSftp(server), ...(env && { env }) });
			await server.accept([{ name: fileOf(dataSet.id), bytes: dataSet.bytes }]);
			return megabytesPerSecond(dataSet.bytes, wallMs);
		},
	};
}

/** Its receipts cannot be checked, but its files have all their bytes. */
export function unhashedToSftp(lab: Fixture, { server, mebibytes }: SftpWork): Subject {
	return {
		name: UNHASHED,
		handicap: 'proves nothing: what hashing costs',
		run: async () => {
			const dataSet = await expected(mebibytes);
			const { wallMs } = await runJob(lab, { dataSets: [dataSet], place: onSftp(server), hashless: true });
			await server.accept([{ name: fileOf(dataSet.id), bytes: dataSet.bytes }]);
			return megabytesPerSecond(dataSet.bytes, wallMs);
		},
	};
}

export function putToSftp(lab: Fixture, { server, putMebibytes }: SftpWork): Subject {
	return {
		name: PUT,
		handicap: `is given ${putMebibytes} MiB`,
		run: copying(
			server,
			'put.csv',
			putMebibytes,
			async (url) => await ftpNode(lab, server, [{ url, target: 'put.csv' }]),
			lab,
		),
	};
}

export function rcloneToSftp(lab: Fixture, { server, mebibytes }: SftpWork): Subject {
	const target = 'rclone.csv';
	const copy = async (url: string) => (await rcloneCopyUrl(lab, sftpRemote(server, target), url)).wallMs;
	const run = copying(server, target, mebibytes, copy, lab);
	return { name: RCLONE, handicap: UNHASHING, run };
}

export async function opensshToSftp(lab: Fixture, { server, mebibytes }: SftpWork): Promise<Subject> {
	const source = join(await lab.newFolder('source'), 'source.csv');
	const dataSet = sized(mebibytes);
	const content = dataSet.csv({ header: true, rows: dataSet.rows });
	await pipeline(Readable.from(content), createWriteStream(source));
	const target = 'openssh.csv';
	const run = copying(server, target, mebibytes, async () => await sftpPut(lab, server, source, target), lab);
	return { name: OPENSSH, handicap: 'reads a local file, not Domo', run };
}

/** `server` also takes commands. */
export function catToSsh(lab: Fixture, { server, mebibytes }: SftpWork): Subject {
	const target = join(server.root, 'cat.csv');
	const run = copying(server, 'cat.csv', mebibytes, async (url) => await sshCat(lab, server, url, target), lab);
	return { name: CAT, handicap: 'no SFTP: the ceiling of one SSH stream', run };
}

/** Times one copy of a DataSet and looks at the file. */
function copying(
	server: SftpServer,
	name: string,
	mebibytes: SizeMib,
	copy: (url: string) => Promise<number>,
	{ domo }: Fixture,
): () => Promise<number> {
	return async () => {
		const { id, bytes } = await expected(mebibytes);
		const ms = await copy(domo.exportUrl(id));
		await server.accept([{ name, bytes }]);
		return megabytesPerSecond(bytes, ms);
	};
}
