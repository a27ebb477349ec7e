import type { Nasty } from '../../sandbox/domo/edgeCases';
import type { FileFormat, Publishing, Settings } from './settings';
import type { Spot } from './spot';

/** The registered types (IANA), and for JSON Lines, which has none, ndjson.org's. */
const TYPES: Readonly<Record<string, string>> = {
	csv: 'text/csv',
	tsv: 'text/tab-separated-values',
	jsonLines: 'application/x-ndjson',
	parquet: 'application/vnd.apache.parquet',
	gzip: 'application/gzip',
	zip: 'application/zip',
	pgp: 'application/pgp-encrypted',
};

/** Expects a file to say about itself what was asked for: its time and permissions on SFTP, a blob's headers, tier, metadata and tags. */
export async function expectSaid(
	spot: Spot,
	path: string,
	{ fileFormat, publishing }: Settings,
	data: Nasty,
	isProven = true,
): Promise<void> {
	const said = await spot.said(path);
	if (spot.kind === 'azureBlob') return expectBlob(said, fileFormat, publishing, data, isProven);
	if (spot.kind === 'binary') return expect(said.contentType).toBe(publishing.contentType ?? typeOf(fileFormat));
	const { permissions, onlyIfChanged = false, modifiedTime = onlyIfChanged ? 'dataSet' : 'upload' } = publishing;
	if (permissions !== undefined) expect(said.permissions).toBe(Number.parseInt(permissions, 8));
	// SFTP keeps whole seconds.
	const updatedAt = new Date(data.dataSet.updatedAt).setMilliseconds(0);
	const ofDataSet = said.modifiedAt.getTime() === updatedAt;
	expect(ofDataSet).toBe(modifiedTime === 'dataSet');
}

function expectBlob(
	said: unknown,
	fileFormat: FileFormat,
	publishing: Publishing,
	{ dataSet }: Nasty,
	isProven: boolean,
): void {
	const { accessTier = 'default', cacheControl, contentType = typeOf(fileFormat), metadata, tags } = publishing;
	expect(said).toMatchObject({
		contentType,
		cacheControl,
		metadata: {
			...byName(metadata),
			domodatasetid: dataSet.id,
			// What may lack rows does not say which data it holds.
			...(isProven && { domoupdatedat: new Date(dataSet.updatedAt).toISOString() }),
		},
		accessTier: accessTier === 'default' ? 'Hot' : accessTier,
		tags: byName(tags),
	});
}

function typeOf({ format = 'csv', compression = 'none', pgpPublicKey }: FileFormat): string | undefined {
	return TYPES[pgpPublicKey === undefined ? (compression === 'none' ? format : compression) : 'pgp'];
}

function byName(entries: Publishing['metadata']): Record<string, string> {
	return Object.fromEntries((entries?.entry ?? []).map(({ name, value }) => [name, value]));
}
