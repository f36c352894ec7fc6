-- A schools system: pupils, schools, and who is or was on whose roll.
CREATE SCHEMA synergy;
CREATE TABLE synergy.pupils (
  student_id text PRIMARY KEY,
  upn text,
  nhs_number text,
  legal_surname text NOT NULL,
  forename text,
  date_of_birth date,
  gender text,
  address_line_1 text,
  postcode text
);
CREATE TABLE synergy.bases (
  base_id text PRIMARY KEY,
  name text NOT NULL,
  telephone text,
  safeguarding_lead text,
  safeguarding_email text
);
CREATE TABLE synergy.registrations (
  student_id text NOT NULL REFERENCES synergy.pupils,
  base_id text NOT NULL REFERENCES synergy.bases,
  entry_date date NOT NULL,
  status text NOT NULL DEFAULT 'Current',
  leaving_date date,
  leaving_reason text,
  PRIMARY KEY (student_id, base_id, entry_date)
);

-- The outbox: in the same transaction as what it does, the system writes what is true now of the fact concerned, one row per fact, whole.
CREATE TABLE synergy.outbox (
  fact text NOT NULL CHECK (fact IN ('pupils', 'registrations')),
  fact_id text NOT NULL,
  content jsonb NOT NULL,
  PRIMARY KEY (fact, fact_id)
);
CREATE PROCEDURE synergy.tell_pupil(id text) LANGUAGE sql AS $$
  INSERT INTO synergy.outbox
  SELECT 'pupils', student_id, jsonb_build_object('Student ID', student_id, 'UPN', upn, 'NHS number', nhs_number, 'Legal surname', legal_surname, 'Forename', forename,
    'Preferred surname', NULL, 'Preferred forename', NULL, 'Date of birth', date_of_birth, 'Gender', gender, 'Address line 1', address_line_1,
    'Address line 2', NULL, 'Postcode', postcode, 'UPRN', NULL)
  FROM synergy.pupils WHERE student_id = id
  ON CONFLICT (fact, fact_id) DO UPDATE SET content = excluded.content;
$$;
CREATE PROCEDURE synergy.tell_registrations(of_student text) LANGUAGE sql AS $$
  INSERT INTO synergy.outbox
  SELECT 'registrations', concat_ws('/', student_id, base_id, entry_date), jsonb_build_object('Student ID', student_id, 'Base ID', base_id,
    'Entry date', entry_date, 'School', b.name, 'School telephone', b.telephone, 'Safeguarding lead', b.safeguarding_lead,
    'Safeguarding email', b.safeguarding_email, 'Enrolment status', r.status, 'Leaving date', r.leaving_date, 'Leaving reason', r.leaving_reason)
  FROM synergy.registrations r JOIN synergy.bases b USING (base_id) WHERE student_id = of_student
  ON CONFLICT (fact, fact_id) DO UPDATE SET content = excluded.content;
$$;

-- What its screens do.
CREATE PROCEDURE synergy.enrol(student text, base text, entry date) LANGUAGE sql AS $$
  INSERT INTO synergy.registrations (student_id, base_id, entry_date) VALUES (student, base, entry);
  CALL synergy.tell_registrations(student);
$$;
CREATE PROCEDURE synergy.leave_school(student text, base text, left_on date, reason text) LANGUAGE sql AS $$
  UPDATE synergy.registrations SET leaving_date = left_on, leaving_reason = reason
  WHERE student_id = student AND base_id = base AND leaving_date IS NULL;
  CALL synergy.tell_registrations(student);
$$;
CREATE PROCEDURE synergy.remove_registration(student text, base text, entry date) LANGUAGE sql AS $$
  DELETE FROM synergy.registrations WHERE student_id = student AND base_id = base AND entry_date = entry;
  DELETE FROM synergy.outbox WHERE fact = 'registrations' AND fact_id = concat_ws('/', student, base, entry);
$$;

-- TRUNCATE goes past the screens, and what it has emptied would be told for ever. So the outbox is emptied the same way: reading the changes halts, and
-- somebody looks.
CREATE FUNCTION synergy.emptied() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
  TRUNCATE synergy.outbox;
  RETURN NULL;
END $$;
CREATE TRIGGER emptied AFTER TRUNCATE ON synergy.pupils EXECUTE FUNCTION synergy.emptied();
CREATE TRIGGER emptied AFTER TRUNCATE ON synergy.registrations EXECUTE FUNCTION synergy.emptied();

CREATE TABLE synergy.heartbeat (one boolean PRIMARY KEY DEFAULT true CHECK (one), beat timestamptz NOT NULL DEFAULT now(), slot_bytes bigint);
INSERT INTO synergy.heartbeat DEFAULT VALUES;

-- Somebody whose leaving date lies ahead leaves on that day, and no screen is used then. So the first beat of a day tells once more who leaves on it.
CREATE FUNCTION synergy.day_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  before date := OLD.beat AT TIME ZONE 'UTC';
  today date := NEW.beat AT TIME ZONE 'UTC';
BEGIN
  UPDATE synergy.outbox SET content = content
  WHERE fact = 'registrations' AND (content->>'Leaving date')::date > before AND (content->>'Leaving date')::date <= today;
  RETURN NULL;
END $$;
CREATE TRIGGER day_begins AFTER UPDATE ON synergy.heartbeat FOR EACH ROW
  WHEN ((OLD.beat AT TIME ZONE 'UTC')::date < (NEW.beat AT TIME ZONE 'UTC')::date) EXECUTE FUNCTION synergy.day_begins();
ALTER TABLE synergy.outbox REPLICA IDENTITY FULL;
CREATE PUBLICATION involvement_index FOR TABLE synergy.outbox, synergy.heartbeat;

GRANT USAGE ON SCHEMA synergy TO synergy, synergy_changes;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA synergy TO synergy;
GRANT SELECT ON synergy.outbox, synergy.heartbeat TO synergy_changes;
GRANT UPDATE ON synergy.heartbeat TO synergy_changes;

INSERT INTO synergy.bases VALUES
  ('2101', 'Weirside Primary School', '01632 960 210', 'Sian Pugh', 'safeguarding@weirside.example'),
  ('4101', 'Northbridge High School', '01632 960 411', 'Tom Akers', 'safeguarding@northbridgehigh.example');
INSERT INTO synergy.pupils VALUES
  ('S900001', 'G999900118001', '999 900 9018', 'Ashdown', 'Freya', '2014-06-19', 'Female', '7 Weir Cottages', 'NB9 3TD'),
  ('S900002', 'E999900121002', '999 900 9026', 'Ashdown', 'Jonah', '2017-02-03', 'Male', '7 Weir Cottages', 'NB9 3TD');
CALL synergy.tell_pupil('S900001');
CALL synergy.tell_pupil('S900002');
CALL synergy.enrol('S900001', '2101', '2018-09-03');
CALL synergy.leave_school('S900001', '2101', '2025-07-18', 'Transferred');
CALL synergy.enrol('S900001', '4101', '2025-09-02');
CALL synergy.enrol('S900002', '2101', '2021-09-06');
