import ts from 'typescript';
import { Impossible } from './choices';
import type { Reading } from './evaluate';
import type { Frame } from './frames';
import { pick } from './names';
import { truthOf, wayOf } from './truth';
import { constant, known, UNKNOWN, type Value } from './value';

/** What a function returns. */
export function outcomeOf(reading: Reading, frame: Frame): Value {
	const { body } = frame.func;
	if (body === undefined) return UNKNOWN;
	if (!ts.isBlock(body)) return reading.value(body, frame);
	return run(reading, body, frame) ?? constant(undefined);
}

/** What a statement returns; undefined when it lets the next one have its turn. */
function run(reading: Reading, statement: ts.Statement, frame: Frame): Value | undefined {
	if (ts.isThrowStatement(statement)) throw new Impossible();
	if (ts.isReturnStatement(statement)) {
		const { expression } = statement;
		return expression === undefined ? constant(undefined) : reading.value(expression, frame);
	}
	if (ts.isBlock(statement)) return runAll(reading, statement.statements, frame);
	if (ts.isSwitchStatement(statement)) return runAll(reading, caseOf(reading, statement, frame), frame);
	if (ts.isTryStatement(statement)) return run(reading, statement.tryBlock, frame);
	if (ts.isIfStatement(statement)) {
		const { expression, thenStatement, elseStatement } = statement;
		const truth = truthOf(reading, expression, frame) ?? wayOf(reading, expression, frame);
		if (truth) return run(reading, thenStatement, frame);
		return elseStatement === undefined ? undefined : run(reading, elseStatement, frame);
	}
	// Once or never: what comes out of a list is the same sentence for all of its entries.
	const enters = ts.isForOfStatement(statement) && wayOf(reading, statement.expression, frame);
	return enters ? run(reading, statement.statement, frame) : undefined;
}

function runAll(reading: Reading, statements: readonly ts.Statement[], frame: Frame): Value | undefined {
	for (const statement of statements) {
		const value = run(reading, statement, frame);
		if (value !== undefined) return value;
	}
	return undefined;
}

/** The statements of the case that is met, or one case after the other. */
function caseOf(reading: Reading, node: ts.SwitchStatement, frame: Frame): readonly ts.Statement[] {
	const { clauses } = node.caseBlock;
	const asked = known(reading.value(node.expression, frame));
	const isFilled = ({ statements }: ts.CaseOrDefaultClause) => statements.length > 0;
	if (typeof asked === 'object') {
		const filled = clauses.filter(isFilled);
		return filled[pick(reading, filled.length, node.expression, frame)]?.statements ?? [];
	}
	const isMet = (clause: ts.CaseOrDefaultClause) =>
		ts.isDefaultClause(clause) || known(reading.value(clause.expression, frame)) === asked;
	return clauses.slice(clauses.findIndex(isMet)).find(isFilled)?.statements ?? [];
}
