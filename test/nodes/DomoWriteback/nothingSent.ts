import type { IDataObject } from 'n8n-workflow';
import { type Bench, byId, type Typed } from './bench';
import { contactsDuring } from './contacts';
import type { Kind } from './places';

interface Bad {
	readonly dataSetId: string;
	readonly parameters?: IDataObject;
	readonly typed?: Typed;
	/** Patterns of the message, which begins with the label of the field, and of the description. */
	readonly says: RegExp;
	readonly hint: RegExp;
	readonly reason?: string;
}

/** Runs a writeback that cannot work and expects the message, and that nobody was asked for anything. */
export async function expectNothingSent(bench: Bench, kind: Kind, bad: Bad): Promise<void> {
	const { parameters } = await bench.place(kind);
	const wish = {
		parameters: { ...parameters, dataSet: byId(bad.dataSetId), ...bad.parameters },
		engine: bench.engine(bad.typed),
	};
	const contacts = await contactsDuring(bench, async () => {
		const { run, asked } = await bench.run(wish);
		expect(run.error).toMatchObject({
			type: bad.reason ?? 'setting',
			message: expect.stringMatching(bad.says),
			description: expect.stringMatching(bad.hint),
		});
		expect(asked).toEqual({ tokens: 0, metadata: 0, exports: 0 });
	});
	expect(contacts).toEqual({ connections: 0, logins: 0, blobRequests: 0 });
}
