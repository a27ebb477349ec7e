import type { INode } from 'n8n-workflow';
import type { Workflow } from '../workflows';
import type { Stage } from './stage';
import { variant } from './variant';

/** Nobody has such a DataSet. */
const NO_NAME = 'nobody has this name';

const listing = ({ name, parameters }: INode, nameLike: string): Partial<INode> => {
	const text = JSON.stringify(parameters).replace('"region"', JSON.stringify(nameLike));
	return name === 'List DataSets' ? { parameters: JSON.parse(text), waitBetweenTries: 100 } : {};
};

export const ESTATE_VARIANTS: readonly Workflow[] = [
	variant('estateToAzure', 'estateOfNone', (node) => listing(node, NO_NAME)),
	variant('estateToAzure', 'estateCutShort', (node) => listing(node, 'region')),
];

export function estate(stage: () => Stage): void {
	test('a pattern that no name fits is told as a failure, not as a quiet night', async () => {
		const { status, items } = await stage().run('estateOfNone');
		expect(status).toBe('success');
		const failures = [{ whatHappened: expect.stringContaining('Input DataSet ID') }];
		expect(items('Summary')).toMatchObject([{ written: 0, failed: 1, failures }]);
	});

	test.each(['unauthorized', 'maintenance', 'loginPage'] as const)(
		'a list that Domo breaks off (%s) is no shorter list: nothing is copied, and the execution fails',
		async (kind) => {
			const { sandbox, run } = stage();
			const page = { kind, on: 'list' } as const;
			// The first page comes, and no other one in any of the three tries.
			sandbox.domo.fault('list', ['none', ...Array.from({ length: 20 }, () => page)]);
			const { status, items } = await run('estateCutShort');
			sandbox.domo.fault('list', 'none');
			expect([status, items('List DataSets'), items('DataSets to Azure')]).toEqual(['error', [], []]);
		},
	);
}
