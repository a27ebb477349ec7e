import { nasty } from '../../sandbox/domo/edgeCases';
import { receiptOf } from '../nodes/DomoWriteback/bench';
import { KINDS } from '../nodes/DomoWriteback/places';
import { together } from './axes';
import type { Publishing } from './settings';
import { openSpot } from './spot';
import { aStage } from './stage';

const stage = aStage();

const { dataSet } = nasty();

describe.each(KINDS)('three rows fewer than Domo lists, to %s', (kind) => {
	async function checked(rowCheck: Publishing['rowCheck']) {
		const spot = await openSpot(kind, stage().bench);
		const publishing = { rowCheck, doneFile: 'manifest' } as const;
		const settings = together([{ fileFormat: { format: 'jsonLines', splitRows: 20 }, publishing }]);
		stage().bench.domo.fault(dataSet.id, { kind: 'short', missingRows: 3 });
		const outcome = await stage().write({ dataSet, settings, spot });
		stage().bench.domo.fault(dataSet.id, 'none');
		return { spot, outcome };
	}

	test('leave nothing with Fail', async () => {
		const { spot, outcome } = await checked('fail');
		expect(outcome.run.error).toMatchObject({ type: 'rowsDiffer', message: 'Domo lists 34 rows and sent 31' });
		expect(await spot.paths()).toEqual([]);
	});

	test.each([
		['warn', 'for no known reason'],
		['off', "'Row Check' is Off"],
	] as const)('are published with %s, and receipt and manifest say so', async (rowCheck, note) => {
		const { spot, outcome } = await checked(rowCheck);
		expect(receiptOf(outcome)).toMatchObject({
			rows: 31,
			rowsExpected: 34,
			verification: 'unverified',
			verificationNote: expect.stringContaining(note),
			files: [{ rows: 20 }, { rows: 11 }],
		});
		const paths = await spot.paths();
		expect(paths).toHaveLength(3);
		const manifest = await spot.read(paths.find((path) => path.endsWith('.manifest.json')) ?? '');
		expect(JSON.parse(String(manifest))).toMatchObject({ rows: 31, verification: 'unverified' });
	});
});
