import type { IDisplayOptions, INode } from 'n8n-workflow';

import { invalidParameter } from '../../core/support/errors';

/** Rises with every option that is added: an option exists only for nodes of its version or a later one. 1.1: Rows, If No Rows, Decimal Separator, n8n Binary File. */
export const NODE_VERSION = 1.1;

/** Shows an option for nodes of this version or a later one. */
export function sinceVersion(version: number): IDisplayOptions {
	return { show: { '@version': [{ _cnd: { gte: version } }] } };
}

/**
 * Throws `setting` for a node that was made with a later version of this package. n8n drops parameters that a node's description does not know before the node
 * sees them, so a worker with an older package would leave out, say, an encryption that was asked for, and say nothing.
 */
export function checkNodeVersion({ typeVersion }: INode): void {
	if (typeVersion <= NODE_VERSION) return;
	throw invalidParameter(
		'Node Version',
		`this node has version ${typeVersion}, but the package on this n8n process supports versions up to ${NODE_VERSION}`,
		'Install the same version of n8n-nodes-domo-writeback on every main instance and every worker, and restart them. Nothing was sent.',
	);
}
