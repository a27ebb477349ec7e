import { contentType } from '../../../core/format/contentType';

test.each([
	[{ format: 'csv', compression: 'none' }, 'text/csv'],
	[{ format: 'tsv', compression: 'none' }, 'text/tab-separated-values'],
	[{ format: 'jsonLines', compression: 'none' }, 'application/x-ndjson'],
	[{ format: 'parquet', compression: 'none' }, 'application/vnd.apache.parquet'],
	[{ format: 'csv', compression: 'gzip' }, 'application/gzip'],
	[{ format: 'parquet', compression: 'zip' }, 'application/zip'],
	[{ format: 'csv', compression: 'none', armor: true }, 'application/pgp-encrypted'],
	[{ format: 'csv', compression: 'gzip', armor: false }, 'application/pgp-encrypted'],
] as const)('%j is %s', (kind, type) => {
	expect(contentType(kind)).toBe(type);
});
