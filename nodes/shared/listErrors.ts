import { type ILoadOptionsFunctions, NodeApiError } from 'n8n-workflow';

import { nodeError } from './nodeError';
import { invalidParameter } from '../../core/support/errors';
import type { Redactor } from '../../core/support/redact/redactor';

/** What went wrong, as the only kind of error whose description n8n passes on to a list. */
export function listError(n8n: ILoadOptionsFunctions, fault: unknown, redactor: Redactor): NodeApiError {
	const { message, description } = nodeError(n8n.getNode(), fault, 0, redactor);
	return new NodeApiError(n8n.getNode(), { message }, { message, description: description ?? '' });
}

/** n8n's own words for a missing credential name it as the code does. */
export function checkChosen(n8n: ILoadOptionsFunctions, type: string, label: string): void {
	if (n8n.getNode().credentials?.[type] !== undefined) return;
	throw invalidParameter(
		label,
		'none is selected yet',
		`The list needs it: choose one under ${label}, or create it there.`,
	);
}
