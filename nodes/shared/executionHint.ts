import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

/** A sentence above the output of a node. n8n shows it as HTML. */
export function toHint(type: 'warning' | 'info', text: string): NodeExecutionHint {
	const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
	return { type, location: 'outputPane', message: text.replace(/[&<>]/g, (sign) => entities[sign] ?? sign) };
}

/** Shows sentences above the output of a node. Older n8n shows none. */
export function addHints(n8n: IExecuteFunctions, hints: readonly NodeExecutionHint[]): void {
	if (hints.length > 0 && typeof n8n.addExecutionHints === 'function') n8n.addExecutionHints(...hints);
}
