-- A case management system as such systems are: its own words, one row per thing it does, nothing thrown away at once (DELETED = 'Y').
CREATE SCHEMA mosaic;
CREATE TABLE mosaic.persons (
  person_id bigint PRIMARY KEY,
  last_name text NOT NULL,
  first_names text,
  date_of_birth date,
  gender char(1),
  nhs_id text,
  upn_id text,
  telephone text,
  date_of_death date,
  restricted char(1) NOT NULL DEFAULT 'N',
  deleted char(1) NOT NULL DEFAULT 'N'
);
CREATE TABLE mosaic.addresses (
  address_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id bigint NOT NULL REFERENCES mosaic.persons ON UPDATE CASCADE ON DELETE CASCADE,
  address_line_1 text,
  address_line_2 text,
  town text,
  post_code text,
  address_type text NOT NULL DEFAULT 'Home',
  confidential char(1) NOT NULL DEFAULT 'N',
  date_from date NOT NULL,
  date_to date
);
CREATE TABLE mosaic.workers (
  worker_id bigint PRIMARY KEY,
  full_name text NOT NULL,
  role text,
  team text,
  team_telephone text,
  telephone text,
  email text,
  login text
);
CREATE TABLE mosaic.allocations (
  allocation_id bigint PRIMARY KEY,
  person_id bigint NOT NULL REFERENCES mosaic.persons ON UPDATE CASCADE ON DELETE CASCADE,
  worker_id bigint REFERENCES mosaic.workers,
  start_date date NOT NULL,
  end_date date,
  end_reason text,
  lead char(1) NOT NULL DEFAULT 'N',
  deleted char(1) NOT NULL DEFAULT 'N'
);
CREATE TABLE mosaic.relationships (
  relationship_id bigint PRIMARY KEY,
  person_id bigint NOT NULL REFERENCES mosaic.persons ON UPDATE CASCADE ON DELETE CASCADE,
  related_person_id bigint NOT NULL REFERENCES mosaic.persons ON UPDATE CASCADE ON DELETE CASCADE,
  relationship text NOT NULL,
  parental_responsibility char(1),
  main_carer char(1),
  start_date date,
  end_date date,
  deleted char(1) NOT NULL DEFAULT 'N'
);
CREATE TABLE mosaic.person_merges (
  old_person_id bigint PRIMARY KEY,
  person_id bigint NOT NULL,
  merged_at timestamptz NOT NULL DEFAULT now()
);

-- Two records of one child become one: what the old one had moves over, the old one goes.
CREATE PROCEDURE mosaic.merge_persons(old bigint, kept bigint) LANGUAGE sql AS $$
  UPDATE mosaic.allocations SET person_id = kept WHERE person_id = old;
  UPDATE mosaic.relationships SET person_id = kept WHERE person_id = old;
  UPDATE mosaic.relationships SET related_person_id = kept WHERE related_person_id = old;
  DELETE FROM mosaic.persons WHERE person_id = old;
  INSERT INTO mosaic.person_merges (old_person_id, person_id) VALUES (old, kept);
$$;

-- What the index is told: one row per fact, kept by trigger, because a person is spread over two tables here, and an allocation over three. The columns
-- are those of the system's own reports (DM_PERSONS and so on). Whoever reads changes sees these tables and no others.
CREATE SCHEMA index_feed;
CREATE TABLE index_feed.people (
  "PERSON_ID" bigint PRIMARY KEY, "LAST_NAME" text, "FIRST_NAMES" text, "PREVIOUS_NAME" text, "FIRST_NAMES_THEN" text,
  "DATE_OF_BIRTH" date, "EXPECTED_DELIVERY_DATE" date, "DOB_ESTIMATED" char(1), "GENDER" char(1),
  "ADDRESS_LINE_1" text, "ADDRESS_LINE_2" text, "TOWN" text, "POST_CODE" text, "UPRN" text, "ADDRESS_FROM" date, "ADDRESS_TYPE" text,
  "ADDRESS_CONFIDENTIAL" char(1), "NHS_ID" text, "UPN_ID" text, "TELEPHONE" text, "DATE_OF_DEATH" date, "RESTRICTED" char(1), "DELETED" char(1)
);
CREATE TABLE index_feed.allocations (
  "ALLOCATION_ID" bigint PRIMARY KEY, "PERSON_ID" bigint, "START_DATE" date, "END_DATE" date, "END_REASON" text, "TEAM" text, "TEAM_TELEPHONE" text,
  "WORKER_NAME" text, "WORKER_ROLE" text, "WORKER_TELEPHONE" text, "WORKER_EMAIL" text, "WORKER_LOGIN" text, "LEAD_PROFESSIONAL" char(1), "DELETED" char(1)
);
CREATE TABLE index_feed.relationships (
  "RELATIONSHIP_ID" bigint PRIMARY KEY, "PERSON_ID" bigint, "RELATED_PERSON_ID" bigint, "RELATIONSHIP" text, "PARENTAL_RESPONSIBILITY" char(1),
  "MAIN_CARER" char(1), "START_DATE" date, "END_DATE" date, "DELETED" char(1)
);
CREATE TABLE index_feed.merges ("OLD_PERSON_ID" bigint PRIMARY KEY, "PERSON_ID" bigint);

CREATE FUNCTION index_feed.person_now(id bigint) RETURNS void LANGUAGE sql SECURITY DEFINER AS $$
  DELETE FROM index_feed.people WHERE "PERSON_ID" = id AND NOT EXISTS (SELECT FROM mosaic.persons WHERE person_id = id);
  INSERT INTO index_feed.people AS now ("PERSON_ID", "LAST_NAME", "FIRST_NAMES", "DATE_OF_BIRTH", "GENDER", "NHS_ID", "UPN_ID", "TELEPHONE", "DATE_OF_DEATH",
    "RESTRICTED", "DELETED", "ADDRESS_LINE_1", "ADDRESS_LINE_2", "TOWN", "POST_CODE", "ADDRESS_FROM", "ADDRESS_TYPE", "ADDRESS_CONFIDENTIAL")
  SELECT p.person_id, p.last_name, p.first_names, p.date_of_birth, p.gender, p.nhs_id, p.upn_id, p.telephone, p.date_of_death,
    p.restricted, p.deleted, a.address_line_1, a.address_line_2, a.town, a.post_code, a.date_from, a.address_type, a.confidential
  FROM mosaic.persons p
  LEFT JOIN LATERAL (
    SELECT * FROM mosaic.addresses WHERE person_id = p.person_id AND date_to IS NULL ORDER BY date_from DESC, address_id DESC LIMIT 1
  ) a ON true
  WHERE p.person_id = id
  ON CONFLICT ("PERSON_ID") DO UPDATE SET
    "LAST_NAME" = excluded."LAST_NAME", "FIRST_NAMES" = excluded."FIRST_NAMES", "DATE_OF_BIRTH" = excluded."DATE_OF_BIRTH", "GENDER" = excluded."GENDER",
    "NHS_ID" = excluded."NHS_ID", "UPN_ID" = excluded."UPN_ID", "TELEPHONE" = excluded."TELEPHONE", "DATE_OF_DEATH" = excluded."DATE_OF_DEATH",
    "RESTRICTED" = excluded."RESTRICTED", "DELETED" = excluded."DELETED", "ADDRESS_LINE_1" = excluded."ADDRESS_LINE_1",
    "ADDRESS_LINE_2" = excluded."ADDRESS_LINE_2", "TOWN" = excluded."TOWN", "POST_CODE" = excluded."POST_CODE", "ADDRESS_FROM" = excluded."ADDRESS_FROM",
    "ADDRESS_TYPE" = excluded."ADDRESS_TYPE", "ADDRESS_CONFIDENTIAL" = excluded."ADDRESS_CONFIDENTIAL"
  WHERE now IS DISTINCT FROM excluded;
$$;
CREATE FUNCTION index_feed.allocation_now(id bigint) RETURNS void LANGUAGE sql SECURITY DEFINER AS $$
  DELETE FROM index_feed.allocations WHERE "ALLOCATION_ID" = id AND NOT EXISTS (SELECT FROM mosaic.allocations WHERE allocation_id = id);
  INSERT INTO index_feed.allocations AS now ("ALLOCATION_ID", "PERSON_ID", "START_DATE", "END_DATE", "END_REASON", "LEAD_PROFESSIONAL", "DELETED",
    "TEAM", "TEAM_TELEPHONE", "WORKER_NAME", "WORKER_ROLE", "WORKER_TELEPHONE", "WORKER_EMAIL", "WORKER_LOGIN")
  SELECT a.allocation_id, a.person_id, a.start_date, a.end_date, a.end_reason, a.lead, a.deleted,
    w.team, w.team_telephone, w.full_name, w.role, w.telephone, w.email, w.login
  FROM mosaic.allocations a LEFT JOIN mosaic.workers w USING (worker_id)
  WHERE a.allocation_id = id
  ON CONFLICT ("ALLOCATION_ID") DO UPDATE SET
    "PERSON_ID" = excluded."PERSON_ID", "START_DATE" = excluded."START_DATE", "END_DATE" = excluded."END_DATE", "END_REASON" = excluded."END_REASON",
    "LEAD_PROFESSIONAL" = excluded."LEAD_PROFESSIONAL", "DELETED" = excluded."DELETED", "TEAM" = excluded."TEAM",
    "TEAM_TELEPHONE" = excluded."TEAM_TELEPHONE", "WORKER_NAME" = excluded."WORKER_NAME", "WORKER_ROLE" = excluded."WORKER_ROLE",
    "WORKER_TELEPHONE" = excluded."WORKER_TELEPHONE", "WORKER_EMAIL" = excluded."WORKER_EMAIL", "WORKER_LOGIN" = excluded."WORKER_LOGIN"
  WHERE now IS DISTINCT FROM excluded;
$$;
CREATE FUNCTION index_feed.relationship_now(id bigint) RETURNS void LANGUAGE sql SECURITY DEFINER AS $$
  DELETE FROM index_feed.relationships WHERE "RELATIONSHIP_ID" = id AND NOT EXISTS (SELECT FROM mosaic.relationships WHERE relationship_id = id);
  INSERT INTO index_feed.relationships AS now
  SELECT relationship_id, person_id, related_person_id, relationship, parental_responsibility, main_carer, start_date, end_date, deleted
  FROM mosaic.relationships WHERE relationship_id = id
  ON CONFLICT ("RELATIONSHIP_ID") DO UPDATE SET
    "PERSON_ID" = excluded."PERSON_ID", "RELATED_PERSON_ID" = excluded."RELATED_PERSON_ID", "RELATIONSHIP" = excluded."RELATIONSHIP",
    "PARENTAL_RESPONSIBILITY" = excluded."PARENTAL_RESPONSIBILITY", "MAIN_CARER" = excluded."MAIN_CARER", "START_DATE" = excluded."START_DATE",
    "END_DATE" = excluded."END_DATE", "DELETED" = excluded."DELETED"
  WHERE now IS DISTINCT FROM excluded;
$$;

CREATE FUNCTION index_feed.of_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM index_feed.person_now(OLD.person_id); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM index_feed.person_now(NEW.person_id); END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION index_feed.of_allocation() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM index_feed.allocation_now(OLD.allocation_id); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM index_feed.allocation_now(NEW.allocation_id); END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION index_feed.of_worker() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  PERFORM index_feed.allocation_now(allocation_id) FROM mosaic.allocations WHERE worker_id = NEW.worker_id;
  RETURN NULL;
END $$;
CREATE FUNCTION index_feed.of_relationship() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM index_feed.relationship_now(OLD.relationship_id); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM index_feed.relationship_now(NEW.relationship_id); END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION index_feed.of_merge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
  INSERT INTO index_feed.merges VALUES (NEW.old_person_id, NEW.person_id)
  ON CONFLICT ("OLD_PERSON_ID") DO UPDATE SET "PERSON_ID" = excluded."PERSON_ID";
  RETURN NULL;
END $$;
CREATE TRIGGER feed AFTER INSERT OR UPDATE OR DELETE ON mosaic.persons FOR EACH ROW EXECUTE FUNCTION index_feed.of_person();
CREATE TRIGGER feed AFTER INSERT OR UPDATE OR DELETE ON mosaic.addresses FOR EACH ROW EXECUTE FUNCTION index_feed.of_person();
CREATE TRIGGER feed AFTER INSERT OR UPDATE OR DELETE ON mosaic.allocations FOR EACH ROW EXECUTE FUNCTION index_feed.of_allocation();
CREATE TRIGGER feed AFTER UPDATE ON mosaic.workers FOR EACH ROW EXECUTE FUNCTION index_feed.of_worker();
CREATE TRIGGER feed AFTER INSERT OR UPDATE OR DELETE ON mosaic.relationships FOR EACH ROW EXECUTE FUNCTION index_feed.of_relationship();
CREATE TRIGGER feed AFTER INSERT OR UPDATE ON mosaic.person_merges FOR EACH ROW EXECUTE FUNCTION index_feed.of_merge();

-- TRUNCATE fires no trigger of a row, and what it has emptied would be told for ever. So what is told of that table is emptied the same way: reading the
-- changes halts, and somebody looks.
CREATE FUNCTION index_feed.emptied() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
  EXECUTE format('TRUNCATE index_feed.%I', TG_ARGV[0]);
  RETURN NULL;
END $$;
CREATE TRIGGER emptied AFTER TRUNCATE ON mosaic.persons EXECUTE FUNCTION index_feed.emptied('people');
CREATE TRIGGER emptied AFTER TRUNCATE ON mosaic.addresses EXECUTE FUNCTION index_feed.emptied('people');
CREATE TRIGGER emptied AFTER TRUNCATE ON mosaic.allocations EXECUTE FUNCTION index_feed.emptied('allocations');
CREATE TRIGGER emptied AFTER TRUNCATE ON mosaic.relationships EXECUTE FUNCTION index_feed.emptied('relationships');
CREATE TRIGGER emptied AFTER TRUNCATE ON mosaic.person_merges EXECUTE FUNCTION index_feed.emptied('merges');

-- The connector writes here every few seconds: what comes out at the other end proves that everything before it has come too, and how much of its log
-- this server keeps for whoever reads it.
CREATE TABLE index_feed.heartbeat (one boolean PRIMARY KEY DEFAULT true CHECK (one), beat timestamptz NOT NULL DEFAULT now(), slot_bytes bigint);
INSERT INTO index_feed.heartbeat DEFAULT VALUES;

-- An end that lies ahead ends something on its day, and nobody edits the row then. So the first beat of a day tells once more whatever ends on it.
CREATE FUNCTION index_feed.day_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  before date := OLD.beat AT TIME ZONE 'UTC';
  today date := NEW.beat AT TIME ZONE 'UTC';
BEGIN
  UPDATE index_feed.allocations SET "END_DATE" = "END_DATE" WHERE "END_DATE" > before AND "END_DATE" <= today;
  UPDATE index_feed.relationships SET "END_DATE" = "END_DATE" WHERE "END_DATE" > before AND "END_DATE" <= today;
  RETURN NULL;
END $$;
CREATE TRIGGER day_begins AFTER UPDATE ON index_feed.heartbeat FOR EACH ROW
  WHEN ((OLD.beat AT TIME ZONE 'UTC')::date < (NEW.beat AT TIME ZONE 'UTC')::date) EXECUTE FUNCTION index_feed.day_begins();

ALTER TABLE index_feed.people REPLICA IDENTITY FULL;
ALTER TABLE index_feed.allocations REPLICA IDENTITY FULL;
ALTER TABLE index_feed.relationships REPLICA IDENTITY FULL;
ALTER TABLE index_feed.merges REPLICA IDENTITY FULL;
CREATE PUBLICATION involvement_index FOR TABLES IN SCHEMA index_feed;

GRANT USAGE ON SCHEMA mosaic TO mosaic;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA mosaic TO mosaic;
GRANT USAGE ON SCHEMA index_feed TO mosaic, mosaic_changes;
GRANT SELECT ON ALL TABLES IN SCHEMA index_feed TO mosaic_changes;
GRANT UPDATE ON index_feed.heartbeat TO mosaic_changes;

INSERT INTO mosaic.workers VALUES
  (41, 'Amara Okafor', 'Social worker', 'Assessment East', '01632 960 101', '01632 960 141', 'amara.okafor@northbridge.example', 'amara.okafor'),
  (42, 'Dawn Rees', 'Senior social worker', 'Safeguarding West', '01632 960 102', '01632 960 142', 'dawn.rees@northbridge.example', 'dawn.rees');
INSERT INTO mosaic.persons (person_id, last_name, first_names, date_of_birth, gender, nhs_id, upn_id, telephone) VALUES
  (900001, 'Ashdown', 'Freya', '2014-06-19', 'F', '999 900 9018', 'G999900118001', NULL),
  (900002, 'Ashdown', 'Jonah', '2017-02-03', 'M', '999 900 9026', 'E999900121002', NULL),
  (900003, 'Ashdown', 'Rosalind', '1989-11-30', 'F', '999 900 9034', NULL, '01632 960 190'),
  (900004, 'Hale', 'Rosalind', NULL, 'F', NULL, NULL, NULL);
INSERT INTO mosaic.addresses (person_id, address_line_1, town, post_code, date_from)
  SELECT person_id, '7 Weir Cottages', 'Northbridge', 'NB9 3TD', '2021-04-06' FROM mosaic.persons;
INSERT INTO mosaic.allocations (allocation_id, person_id, worker_id, start_date, lead) VALUES
  (910001, 900001, 41, '2026-09-14', 'Y'),
  (910002, 900002, 42, '2026-10-01', 'Y');
INSERT INTO mosaic.relationships (relationship_id, person_id, related_person_id, relationship, parental_responsibility, main_carer) VALUES
  (920001, 900001, 900003, 'Mother', 'Y', 'Y'),
  (920002, 900002, 900003, 'Mother', 'Y', 'Y'),
  (920003, 900001, 900002, 'Brother', NULL, NULL);
