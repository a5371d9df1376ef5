import { IconAlertCircle } from '@tabler/icons-react';
import type { Ref } from 'react';
import type { FieldId, FieldIssue } from '#domain/form/read-draft.ts';
import { m } from '#i18n/generated/messages.js';
import { issueText } from './issue-text.ts';
import { fieldElementId, fieldName } from './vital-look.ts';

export interface IssueSummaryProps {
  readonly issues: readonly FieldIssue[];
  readonly months: number | undefined;
  readonly headingRef: Ref<HTMLHeadingElement>;
}

/** What stands between the form and saving, each a link to its field. Receives focus when saving was tried. */
export function IssueSummary({ issues, months, headingRef }: IssueSummaryProps) {
  const first = firstOfEachField(issues);
  const title = first.length === 1 ? m.issue_summary_one() : m.issue_summary_many({ count: first.length });
  return (
    <section className="v-summary" aria-labelledby="issue-summary">
      <h2 id="issue-summary" ref={headingRef} tabIndex={-1}>
        <IconAlertCircle size={22} stroke={1.9} aria-hidden="true" />
        {title}
      </h2>
      <p className="v-small">{m.issue_summary_help()}</p>
      <ul>
        {first.map((issue) => (
          <li key={issue.field}>
            <a
              href={`#${fieldElementId(issue.field)}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(fieldElementId(issue.field))?.focus();
              }}
            >
              {m.issue_summary_item({ field: fieldName(issue.field), issue: issueText(issue, months) })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function firstOfEachField(issues: readonly FieldIssue[]): readonly FieldIssue[] {
  const seen = new Set<FieldId>();
  return issues.filter((issue) => !seen.has(issue.field) && seen.add(issue.field));
}
