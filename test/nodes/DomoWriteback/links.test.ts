import type { INodeProperties } from 'n8n-workflow';
import { Domo } from '../../../nodes/Domo/Domo.node';
import { DomoDataSetTrigger } from '../../../nodes/DomoDataSetTrigger/DomoDataSetTrigger.node';
import { DomoWriteback } from '../../../nodes/DomoWriteback/DomoWriteback.node';

/** The address that n8n opens beside a resource locator: of the mode, or of a list's entry. */
function linksOf({ modes = [] }: INodeProperties): readonly string[] {
	return modes.flatMap(({ url }) => url ?? []);
}

test('no DataSet links to a Domo instance, as the node does not know which one is the user’s', () => {
	const nodes = [new DomoWriteback(), new DomoDataSetTrigger(), new Domo()];
	const locators = nodes
		.flatMap(({ description }) => description.properties)
		.filter(({ modes }) => modes !== undefined);
	expect(locators.length).toBeGreaterThan(0);
	expect(locators.flatMap(linksOf)).toEqual([]);
});
