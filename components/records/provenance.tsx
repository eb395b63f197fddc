import { CopyId } from "#components/records/copy-id";
import { Detail, DetailList, Text } from "#components/records/details";
import { Time } from "#components/ui/time";

interface Actor {
  member_id: string;
  token_id: string | null;
}

interface ProvenanceProps {
  noun: string;
  record: {
    id: string;
    external_id: string | null;
    owner_id: string;
    created_at: string;
    updated_at: string;
    created_by: Actor;
    updated_by: Actor;
    version: number;
  };
  /** Members' names by their ids. */
  people: ReadonlyMap<string, string>;
}

/** Whose a record is, and where it comes from. */
export function Provenance({ noun, record, people }: ProvenanceProps) {
  return (
    <DetailList>
      <Detail name="Owner">
        <Text value={people.get(record.owner_id) ?? null} />
      </Detail>
      <Detail name="Created">
        <When at={record.created_at} by={record.created_by} people={people} />
      </Detail>
      <Detail name="Updated">
        {record.version === 1 ? "never" : <When at={record.updated_at} by={record.updated_by} people={people} />}
      </Detail>
      <Detail name="External id">
        <Text value={record.external_id} />
      </Detail>
      <Detail name={`${noun === "account" ? "Account" : "Contact"} id`}>
        <CopyId id={record.id} noun={noun} />
      </Detail>
    </DetailList>
  );
}

function When({ at, by, people }: { at: string; by: Actor; people: ReadonlyMap<string, string> }) {
  const name = people.get(by.member_id);
  return (
    <>
      <Time value={at} style="exact" />
      {name && (
        <span className="text-muted">
          {" "}
          by {name}
          {by.token_id && ", through an API token"}
        </span>
      )}
    </>
  );
}
