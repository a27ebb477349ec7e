import { readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '../../..');

/** A function in the source, in any of its forms. */
export type Func =
	| ts.FunctionDeclaration
	| ts.ArrowFunction
	| ts.FunctionExpression
	| ts.MethodDeclaration
	| ts.ConstructorDeclaration;

export type Call = ts.CallExpression | ts.NewExpression;

/** The product's code as the compiler reads it, without anybody else's. */
export interface Source {
	readonly files: readonly ts.SourceFile[];
	/** What a name stands for, imports followed. */
	symbolAt(node: ts.Node): ts.Symbol | undefined;
	/** Where it is declared. */
	declarationOf(node: ts.Node): ts.Declaration | undefined;
	/** Every call of what a declaration names. */
	callsOf(declaration: ts.Declaration): readonly Call[];
}

export function readSource(folders: readonly string[]): Source {
	const names = folders.flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
			.map((name) => join(ROOT, folder, name)),
	);
	const program = ts.createProgram(names, { noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ES2022 });
	const checker = program.getTypeChecker();
	const files = program.getSourceFiles();
	const symbolAt = (node: ts.Node) => {
		const shorthand = ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node;
		const symbol = shorthand
			? checker.getShorthandAssignmentValueSymbol(node.parent)
			: checker.getSymbolAtLocation(node);
		return symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
	};
	const calls = new Map<ts.Declaration, Call[]>();
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
			const called = symbolAt(node.expression)?.valueDeclaration;
			if (called !== undefined) calls.set(called, [...(calls.get(called) ?? []), node]);
		}
		ts.forEachChild(node, visit);
	};
	files.forEach(visit);
	return {
		files,
		symbolAt,
		declarationOf: (node) => symbolAt(node)?.valueDeclaration,
		callsOf: (declaration) => calls.get(declaration) ?? [],
	};
}

/** From the project's folder, with slashes. */
export function pathOf(node: ts.Node): string {
	return relative(ROOT, node.getSourceFile().fileName).split(sep).join('/');
}

export function isFunc(node: ts.Node): node is Func {
	return (
		ts.isFunctionDeclaration(node) ||
		ts.isArrowFunction(node) ||
		ts.isFunctionExpression(node) ||
		ts.isMethodDeclaration(node) ||
		ts.isConstructorDeclaration(node)
	);
}

/** The functions around a node, the innermost first. */
export function functionsAround(node: ts.Node): Func[] {
	const found: Func[] = [];
	for (let outer: ts.Node | undefined = node.parent; outer !== undefined; outer = outer.parent) {
		if (isFunc(outer)) found.push(outer);
	}
	return found;
}

/** The source of an expression on one line. */
export function codeOf(node: ts.Node): string {
	return node.getText().replace(/\s+/g, ' ');
}
