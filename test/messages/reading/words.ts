import type ts from 'typescript';
import { codeOf, pathOf } from './source';
import { WORDS } from './gaps';

/** What stands in a sentence where the source has an expression. */
export interface Words {
	/** Undefined when the expression is to be worked out. */
	of(node: ts.Node): string | undefined;
	/** Notes down that nobody has said what this stands for; gives its code. */
	missing(node: ts.Node): string;
	/** What was noted down. */
	unsaid(): readonly string[];
	/** Those that no sentence needed. */
	unused(): readonly string[];
}

/** `file: expression` before the expression alone; files are named from the project's folder. */
export function openWords(): Words {
	const used = new Set<string>();
	const unsaid = new Set<string>();
	return {
		of: (node) => {
			const code = codeOf(node);
			const key = [keyOf(node), code].find((one) => Object.hasOwn(WORDS, one));
			if (key === undefined) return undefined;
			used.add(key);
			return WORDS[key];
		},
		missing: (node) => {
			unsaid.add(keyOf(node));
			return `{{${codeOf(node)}}}`;
		},
		unsaid: () => [...unsaid],
		unused: () => Object.keys(WORDS).filter((key) => !used.has(key)),
	};
}

function keyOf(node: ts.Node): string {
	return `${pathOf(node)}: ${codeOf(node)}`;
}
