/** The head of a table: the names of its columns, each with classes of its own where it needs some. @param isBelowCaption a caption is seen above it */
export const TableHead = ({
  columns,
  isBelowCaption = false,
}: {
  columns: readonly (readonly [label: string, className?: string])[];
  isBelowCaption?: boolean;
}) => (
  <thead>
    <tr
      className={`${isBelowCaption ? 'border-y' : 'border-b'} border-line bg-sunken/60 text-left font-sans text-xs text-faint`}
    >
      {columns.map(([label, className = '']) => (
        <th key={label} scope="col" className={`cell font-medium ${className}`}>
          {label}
        </th>
      ))}
    </tr>
  </thead>
);
