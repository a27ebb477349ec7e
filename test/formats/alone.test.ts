import { axesOf, SHIPPED, together } from './axes';
import { expectWritten } from './check';
import { isAllowed } from './refused';
import { openSpot, SPOT_KINDS } from './spot';
import { aStage } from './stage';

const stage = aStage();

/** What an option needs beside it, to be there or to mean something. */
const BESIDE: Readonly<Record<string, Parameters<typeof together>[0][number]>> = {
	parquetCodec: { fileFormat: { format: 'parquet' } },
	'quoteMode=never': { fileFormat: { escapeCharacter: '\\' } },
	timeZone: { fileFormat: { dateTimeFormat: 'yyyy-MM-dd HH:mm:ss' } },
	textColumns: { fileFormat: { format: 'parquet' } },
	pgpArmor: { fileFormat: { pgpPublicKey: ['curve'] } },
	'rows.timeZone': { rows: { conditions: { condition: [SHIPPED] } } },
	ifNoRows: { rows: { conditions: { condition: [{ ...SHIPPED, to: SHIPPED.value }] } } },
	doneFileName: { publishing: { doneFile: 'empty' } },
};

describe.each(SPOT_KINDS)('to %s', (kind) => {
	const cases = axesOf(kind).flatMap(({ name, values }) =>
		Object.entries(values)
			.filter(([value]) => value !== 'unset')
			.map(([value, set]) => [name, value, together([BESIDE[name] ?? BESIDE[`${name}=${value}`] ?? {}, set])] as const),
	);

	test.each(cases)('%s is %s: what is written is what was asked for', async (_name, _value, settings) => {
		expect(isAllowed(settings)).toBe(true);
		await expectWritten(stage(), await openSpot(kind, stage().bench), settings);
	});
});
