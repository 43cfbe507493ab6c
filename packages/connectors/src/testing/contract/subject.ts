import type { ConnectionInput, Connector } from '../../connector.ts';
import type { ColumnKind, TableName } from '../../schema/schema.ts';
import type { Rows } from '../../value.ts';
import type { Part } from './parts.ts';

/** A column of a table that the contract needs. */
export interface ContractColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly nullable?: boolean;
  /** Characters of `text` (no limit unless said), bytes of `binary`. */
  readonly maxLength?: number;
  /** Of `decimal`: digits in all and behind the point. Of `integer`: bits, 64 unless said. */
  readonly precision?: number;
  readonly scale?: number;
  /** Made by the system when none is given: a number that counts up, or whatever keys are there. */
  readonly generated?: boolean;
}

export interface ContractTable {
  readonly name: string;
  readonly columns: readonly ContractColumn[];
  readonly primaryKey?: readonly string[];
  readonly unique?: readonly (readonly string[])[];
}

/** A system that runs for the contract. */
export interface ContractServer {
  readonly host: string;
  readonly port: number;
  /** In no error. */
  readonly password: string;
  /** How to connect as somebody who may do anything to the tables, with one thing changed. */
  input(change?: InputChange): ConnectionInput;
  /** Makes a table; there is none of that name. @returns how it is called */
  createTable(table: ContractTable): Promise<TableName>;
  /** Rows in a table, past the connector. */
  count(table: TableName): Promise<number>;
  /** Puts rows into a table, past the connector, where that takes long through it. */
  fill?(table: TableName, rows: Rows): void;
  /** Breaks all connections of sessions, from the side of the system. */
  breakSessions(): Promise<void>;
  stop(): Promise<void>;
}

export interface InputChange {
  readonly host?: string;
  readonly port?: number;
  readonly password?: string;
  readonly database?: string;
}

/** One connector as the contract sees it. */
export interface ContractSubject {
  readonly connector: Connector;
  start(): Promise<ContractServer>;
  /** Parts of the contract that are not for this system, each with the reason: tests show what it does instead. */
  readonly cannot?: Readonly<Partial<Record<Part, string>>>;
  /** What can be kept, where that is not everything. */
  readonly limits?: ContractLimits;
}

export interface ContractLimits {
  /** Kinds of columns that the system does not have. */
  readonly withoutKinds?: readonly ColumnKind[];
  /** Values that it keeps as others, by what they are called in `VALUES`. */
  readonly keptAs?: Readonly<Record<string, unknown>>;
  /** Values that it does not take, by what they are called in `VALUES`. */
  readonly withoutValues?: readonly string[];
  /** Whether a text may have the character NUL. */
  readonly keepsNul?: boolean;
  /** Whether an empty text is the same as none. */
  readonly emptyIsNull?: boolean;
  /** Most characters of ASCII in a name of a table or a column. */
  readonly longestName?: number;
  /** What is in names of the contract and may not be there. */
  readonly refusedInNames?: RegExp;
  /** The primary key that every table has, whatever is asked for, made by the system; what is asked for is a unique key then. */
  readonly ownKey?: string;
  /** Whether the rows of a batch are kept one by one, up to the one that is refused, so that all that breaks leaves a doubt. */
  readonly keepsEachRow?: boolean;
  /** Bytes that the client sends to have a transaction kept, to cut the connection at. */
  readonly commit?: Buffer;
  /** The option that says for how long nothing may come; `idleTimeoutSeconds` unless said. */
  readonly patience?: string;
  /** Whether URLs may have parameters of any name. */
  readonly takesParameters?: boolean;
  /** Rows of the test that reads many; 100,000 unless said. */
  readonly manyRows?: number;
  /** How often the network breaks in the test that breaks it anywhere; 20 unless said. */
  readonly breaks?: number;
}
