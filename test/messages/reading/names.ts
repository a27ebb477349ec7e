import ts from 'typescript';
import { Impossible } from './choices';
import type { Reading } from './evaluate';
import { type Frame, within } from './frames';
import { codeOf, functionsAround } from './source';
import { constant, isNothing, known, UNKNOWN, type Value } from './value';

/** What a name stands for. */
export function namedValue(reading: Reading, node: ts.Identifier, frame: Frame | undefined): Value {
	if (node.text === 'undefined') return constant(undefined);
	const declaration = reading.source.declarationOf(node);
	return declaration === undefined ? UNKNOWN : declared(reading, declaration, frame);
}

function declared(reading: Reading, declaration: ts.Declaration, frame: Frame | undefined): Value {
	const owner = within(frame, functionsAround(declaration)[0]);
	const memory = owner?.known ?? reading.known;
	const before = memory.get(declaration);
	if (before !== undefined) return before;
	const value = initial(reading, declaration, owner);
	memory.set(declaration, value);
	return value;
}

function initial(reading: Reading, declaration: ts.Declaration, owner: Frame | undefined): Value {
	if (ts.isFunctionDeclaration(declaration)) return { kind: 'written', node: declaration, frame: owner };
	if (ts.isParameter(declaration)) return argument(reading, declaration, owner);
	if (ts.isBindingElement(declaration)) return bound(reading, declaration, owner);
	if (!ts.isVariableDeclaration(declaration) || isCounter(declaration)) return UNKNOWN;
	if (declaration.initializer !== undefined) return reading.value(declaration.initializer, owner);
	const loop = declaration.parent.parent;
	return ts.isForOfStatement(loop) ? memberOf(reading, reading.value(loop.expression, owner), UNKNOWN, loop) : UNKNOWN;
}

/** A number that changes. */
function isCounter({ initializer, parent }: ts.VariableDeclaration): boolean {
	return initializer !== undefined && ts.isNumericLiteral(initializer) && (parent.flags & ts.NodeFlags.Const) === 0;
}

function bound(reading: Reading, declaration: ts.BindingElement, owner: Frame | undefined): Value {
	const pattern = declaration.parent;
	const whole = declared(reading, pattern.parent, owner);
	const key = ts.isArrayBindingPattern(pattern)
		? pattern.elements.indexOf(declaration)
		: (declaration.propertyName ?? declaration.name).getText();
	const value = memberOf(reading, whole, key, declaration);
	return isNothing(value) && declaration.initializer ? reading.value(declaration.initializer, owner) : value;
}

function argument(reading: Reading, parameter: ts.ParameterDeclaration, owner: Frame | undefined): Value {
	const call = owner === undefined ? undefined : reading.frames.callOf(owner);
	if (owner === undefined || call === undefined) return UNKNOWN;
	const given = call.node.arguments?.[owner.func.parameters.indexOf(parameter)];
	if (given !== undefined) return reading.value(given, call.from);
	return parameter.initializer === undefined ? constant(undefined) : reading.value(parameter.initializer, owner);
}

/** A field or an entry; one after the other when the source does not tell which. */
export function memberOf(reading: Reading, whole: Value, key: Value | string | number, asking: ts.Node): Value {
	if (whole.kind !== 'written') return UNKNOWN;
	const { node, frame } = whole;
	const name = typeof key === 'object' ? known(key) : key;
	const entries = ts.isArrayLiteralExpression(node)
		? node.elements.map((element, index) => [index, element] as const)
		: ts.isObjectLiteralExpression(node)
			? fieldsOf(node)
			: undefined;
	if (entries === undefined) return UNKNOWN;
	const isKnown = typeof name === 'string' || typeof name === 'number';
	const entry = isKnown ? entries.find(([one]) => one === name) : entries[pick(reading, entries.length, asking, frame)];
	return entry === undefined ? UNKNOWN : reading.value(entry[1], frame);
}

/** One that takes over the fields of another tells the same as that one. */
function fieldsOf(node: ts.ObjectLiteralExpression): ReadonlyArray<readonly [string, ts.Expression]> {
	if (node.properties.some(ts.isSpreadAssignment)) throw new Impossible();
	return node.properties.flatMap((property) => {
		if (ts.isShorthandPropertyAssignment(property)) return [[property.name.text, property.name] as const];
		if (!ts.isPropertyAssignment(property)) return [];
		const { name, initializer } = property;
		return [[ts.isStringLiteralLike(name) || ts.isIdentifier(name) ? name.text : name.getText(), initializer] as const];
	});
}

export function pick({ choices }: Reading, ways: number, asking: ts.Node, frame: Frame | undefined): number {
	if (ways === 0) throw new Impossible();
	return choices.choose(`${frame?.id ?? 0}: entry of ${codeOf(asking)}`, ways);
}
