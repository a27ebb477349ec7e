import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, resolve, sep } from 'node:path';
import ts from 'typescript';

export const ROOT = resolve(__dirname, '../..');

/** One import, of a value or of a type. Paths are relative to the project and have no extension. */
export interface Import {
	readonly from: string;
	/** A file of the project, or the name of a package. */
	readonly to: string;
}

/** Every import, export from, import(), import type and require of the files below these folders. */
export function importsBelow(folders: readonly string[]): Import[] {
	return folders
		.flatMap((folder) =>
			readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
		)
		.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
		.map((name) => name.split(sep).join('/'))
		.flatMap((name) => importsOf(name, readFileSync(join(ROOT, name), 'utf8')));
}

/** The imports of one file with this text. */
export function importsOf(file: string, text: string): Import[] {
	const from = file.replace(/\.ts$/, '');
	const found: Import[] = [];
	const visit = (node: ts.Node): void => {
		const specifier = specifierOf(node);
		if (specifier !== undefined) found.push({ from, to: targetOf(from, specifier) });
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
	return found;
}

function targetOf(from: string, specifier: string): string {
	return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier;
}

function specifierOf(node: ts.Node): string | undefined {
	const literal = literalOf(node);
	return literal !== undefined && ts.isStringLiteralLike(literal) ? literal.text : undefined;
}

function literalOf(node: ts.Node): ts.Node | undefined {
	if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
	if (ts.isExternalModuleReference(node)) return node.expression;
	if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
	if (!ts.isCallExpression(node)) return undefined;
	const { expression } = node;
	const isImport = expression.kind === ts.SyntaxKind.ImportKeyword;
	return isImport || (ts.isIdentifier(expression) && expression.text === 'require') ? node.arguments[0] : undefined;
}
