import { add, digits, type Piece, pick, text } from '../../plan/program.ts';
import { addLuhn } from '../checks/check-digits.ts';
import { Identifier } from '../checks/identifier.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';
import { listType } from '../list-type.ts';
import { patternType } from '../pattern-type.ts';
import { companyNameTypes } from './company-name.ts';
import { INDUSTRY } from './company-of-row.ts';
import { companyOnlineTypes } from './company-online.ts';
import lists from './lists.json' with { type: 'json' };

const FAMILY = 'business';
const any = (list: readonly string[], { choose }: BuildContext): Piece => pick(list, choose(list.length));

/** Types of companies and work. */
export const businessTypes: readonly FieldType[] = [
  ...companyNameTypes,
  ...companyOnlineTypes,
  listType({
    key: 'department',
    label: 'Department',
    family: FAMILY,
    summary: 'A department of a company.',
    aliases: ['department_name', 'dept'],
    values: lists.departments,
  }),
  listType({
    key: 'industry',
    label: 'Industry',
    family: FAMILY,
    summary: "Industry of the row's company.",
    aliases: ['sector', 'branch_of_industry'],
    values: lists.industries.map(([name = '']) => name),
    of: ['company', INDUSTRY],
  }),
  listType({
    key: 'isic_section',
    label: 'ISIC section',
    family: FAMILY,
    summary: "Section of ISIC Rev. 4 (and NACE) of the row's industry: A to U.",
    aliases: ['nace_section', 'industry_code'],
    values: lists.industries.map(([, code = '']) => code),
    of: ['company', INDUSTRY],
  }),
  listType({
    key: 'occupation',
    label: 'Occupation',
    family: FAMILY,
    summary: 'What somebody does for a living.',
    aliases: ['profession'],
    values: lists.occupations,
  }),
  listType({
    key: 'job_level',
    label: 'Job level',
    family: FAMILY,
    summary: 'Rank of a position.',
    aliases: ['seniority'],
    values: lists.levels,
    weights: lists.levelWeights,
    example: 'Senior',
  }),
  listType({
    key: 'employment_type',
    label: 'Employment type',
    family: FAMILY,
    summary: 'Full-time, part-time and so on.',
    aliases: ['contract_type', 'job_type'],
    values: lists.employment,
    weights: lists.employmentWeights,
  }),
  listType({
    key: 'employee_status',
    label: 'Employee status',
    family: FAMILY,
    summary: 'Where somebody is in an employment.',
    aliases: ['employment_status'],
    values: lists.employeeStatus,
    weights: lists.employeeStatusWeights,
  }),
  listType({
    key: 'account_status',
    label: 'Account status',
    family: FAMILY,
    summary: 'State of an account.',
    aliases: ['status', 'user_status', 'customer_status'],
    values: lists.accountStatus,
    weights: lists.accountStatusWeights,
  }),
  listType({
    key: 'customer_segment',
    label: 'Customer segment',
    family: FAMILY,
    summary: 'Kind of a customer.',
    aliases: ['segment', 'customer_type'],
    values: lists.customerSegments,
  }),
  listType({
    key: 'team_name',
    label: 'Team',
    family: FAMILY,
    summary: 'Name of a team.',
    aliases: ['team', 'project_name', 'project_code_name'],
    values: lists.teams,
  }),
  defineType({
    key: 'catch_phrase',
    label: 'Slogan',
    family: FAMILY,
    summary: 'What a company says of itself.',
    aliases: ['slogan', 'tagline', 'buzz_phrase'],
    options: {},
    example: 'Resilient workflow and open analytics',
    build: (_, context) => ({
      kind: 'string',
      body: [
        any(lists.phraseAdjectives, context),
        text(' '),
        any(lists.phraseNouns, context),
        text(' and '),
        any(lists.phraseNouns, context),
      ],
    }),
  }),
  patternType({
    key: 'employee_id',
    label: 'Employee number',
    family: FAMILY,
    summary: 'EMP and six digits.',
    aliases: ['employeeId', 'employee_number', 'staff_id'],
    pattern: 'EMP-######',
    example: 'EMP-048392',
  }),
  patternType({
    key: 'customer_id',
    label: 'Customer number',
    family: FAMILY,
    summary: 'CUST and eight digits.',
    aliases: ['customerId', 'client_id', 'account_id'],
    pattern: 'CUST-########',
    example: 'CUST-00483921',
  }),
  patternType({
    key: 'supplier_id',
    label: 'Supplier number',
    family: FAMILY,
    summary: 'SUP and six digits.',
    aliases: ['supplierId', 'vendor_id'],
    pattern: 'SUP-######',
    example: 'SUP-048392',
  }),
  patternType({
    key: 'contract_number',
    label: 'Contract number',
    family: FAMILY,
    summary: 'Two letters, a year and a number.',
    aliases: ['contract_id', 'policy_number'],
    pattern: 'AA-202#-#######',
    example: 'KV-2024-0483921',
  }),
  defineType({
    key: 'ticket_number',
    label: 'Ticket number',
    family: FAMILY,
    summary: 'INC and seven digits.',
    aliases: ['case_number', 'incident_number', 'ticket_id'],
    options: {},
    example: 'INC0483921',
    build: (_, { choose }) => ({ kind: 'string', body: [text('INC'), digits(choose(10_000_000), 7)] }),
  }),
  defineType({
    key: 'cost_center',
    label: 'Cost centre',
    family: FAMILY,
    summary: 'Ten digits with leading zeros, as KOSTL has them.',
    aliases: ['costCenter', 'cost_centre', 'kostl', 'sap_cost_center'],
    options: {},
    example: '0000101701',
    build: (_, { choose }) => ({ kind: 'string', body: [text('0000'), digits(add(choose(899_999), 100_000), 6)] }),
  }),
  defineType({
    key: 'duns_number',
    label: 'D-U-N-S number',
    family: FAMILY,
    summary: 'Nine digits with the check digit that numbers of before 2006 have.',
    aliases: ['duns', 'd_u_n_s'],
    options: {},
    example: '150483782',
    build: (_, context) => ({ kind: 'string', body: addLuhn(new Identifier(context).digits(8)).pieces }),
  }),
  defineType({
    key: 'number_of_employees',
    label: 'Number of employees',
    family: FAMILY,
    summary: 'Size of a company: small ones are many.',
    aliases: ['employee_count', 'headcount', 'company_size'],
    options: {},
    example: 48,
    build: (_, context) => {
      const sizes = Array.from({ length: 1000 }, (_, i) => Math.round(1.00924 ** i));
      const value = context.unique
        ? add(context.choose(10_000), 1)
        : ({ op: 'lookup', table: sizes, index: context.draw(sizes.length) } as const);
      return { kind: 'integer', body: [{ p: 'integer', value }] };
    },
  }),
];
