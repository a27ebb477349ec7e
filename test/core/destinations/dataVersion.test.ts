import { type DataVersion, fingerprintOf, isFingerprint } from '../../../core/destinations/dataVersion';

const VERSION: DataVersion = {
	dataSetId: '0f7d0e5c-3ae5-4d6f-9b2a-5d7b3f6f1c11',
	asOf: new Date('2025-06-01T05:15:00.250Z'),
	dataCurrentAt: new Date('2025-06-01T05:14:41Z'),
	rows: 3,
};
const { dataSetId, asOf } = VERSION;
const withoutTime: DataVersion = { dataSetId, asOf, rows: 3 };
const withoutRows: DataVersion = { dataSetId, asOf, dataCurrentAt: new Date('2025-06-01T05:14:41Z') };

test.each<[string, DataVersion]>([
	['another DataSet', { ...VERSION, dataSetId: '1f7d0e5c-3ae5-4d6f-9b2a-5d7b3f6f1c11' }],
	['a millisecond', { ...VERSION, asOf: new Date('2025-06-01T05:15:00.251Z') }],
	['another time of the data', { ...VERSION, dataCurrentAt: VERSION.asOf }],
	['no time of the data', withoutTime],
	['other rows', { ...VERSION, rows: 4 }],
	['no rows', { ...VERSION, rows: 0 }],
	['no count', withoutRows],
])('%s has a fingerprint of its own', (_name, other) => {
	expect(fingerprintOf({ ...VERSION })).toBe(fingerprintOf(VERSION));
	expect(fingerprintOf(other)).not.toBe(fingerprintOf(VERSION));
});

test('fingerprints are years ahead, and a time that every server can keep', () => {
	for (let rows = 0; rows < 1000; rows++) {
		const seconds = fingerprintOf({ ...VERSION, rows });
		expect(isFingerprint(seconds)).toBe(true);
		expect(new Date(seconds * 1000).toISOString() > '2029-07').toBe(true);
		expect(seconds).toBeLessThan(2 ** 31);
	}
});

test.each([0, Date.parse('2026-11-28') / 1000, 2 ** 31, 2 ** 32 - 1])(
	'%i is the time of somebody who read',
	(seconds) => {
		expect(isFingerprint(seconds)).toBe(false);
	},
);
