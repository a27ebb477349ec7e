import { sanitize, WritebackError } from '../../support/errors';

export interface BadCell {
	/** The label of the field whose choice cannot write it. */
	readonly label: string;
	/** From 1, in the rows that `write` was given. */
	readonly row: number;
	readonly column: string;
	/** What the cell holds, after "row 5, column "X" ". */
	readonly what: string;
	readonly hint: string;
}

/** A cell that the chosen options cannot write: a `setting` fault that knows which row it is about. */
export class CellError extends WritebackError {
	constructor(private readonly cell: BadCell) {
		const { label, row, column, what, hint } = cell;
		super('setting', `${label}: row ${row}, column "${sanitize(column)}" ${what}`, { hint });
	}

	/** The same fault when so many rows were written before. */
	after(rows: number): CellError {
		return new CellError({ ...this.cell, row: this.cell.row + rows });
	}
}
