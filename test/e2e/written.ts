import type { IDataObject, INode } from 'n8n-workflow';
import type { Digest } from '../../sandbox/domo/domo';
import type { Sandbox } from '../../sandbox/sandbox';
import { readBack, spotOf } from './workflows';
import type { WrittenFile } from '../../core/transfer/writtenFile';

/**
 * Every file of the receipt is there as it says; without a format of its own, it is the very bytes that Domo sent.
 * Resolves to the places of all that was written, as `everythingIn` names them.
 */
export async function expectWritten(
	sandbox: Sandbox,
	node: INode,
	receipt: IDataObject,
	{ rows, ...served }: Digest,
): Promise<string[]> {
	expect(receipt).toMatchObject({ rows, rowsExpected: rows, verification: 'verified' });
	const files = receipt.files as WrittenFile[];
	const written: string[] = [];
	for (const { target, bytes, sha256 } of files) {
		// Handed to the next node: the example tells where that puts it.
		if (target.startsWith('binary:')) continue;
		const spot = spotOf(sandbox, target);
		expect(await readBack(sandbox, spot)).toEqual({ bytes, sha256 });
		written.push(`${spot.kind} ${spot.path}`);
	}
	if (Object.keys(node.parameters.fileFormat ?? {}).length === 0) expect(files).toMatchObject([served]);
	if (receipt.doneFile === undefined) return written;
	const { kind, path } = spotOf(sandbox, String(receipt.doneFile));
	return [...written, `${kind} ${path}`];
}
