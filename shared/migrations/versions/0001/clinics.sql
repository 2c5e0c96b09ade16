-- Clinics and the versions of what dates and due dates depend on. A version holds from an append
-- time of Kafka on, so that a replay reads the same zone for the same record.
CREATE TABLE clinics (
    clinic_no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    clinic_id text COLLATE "C" NOT NULL UNIQUE,
    name text,
    confirmed boolean NOT NULL DEFAULT false,
    patient_url text,
    first_seen_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE clinic_versions (
    clinic_no integer NOT NULL REFERENCES clinics,
    valid_from timestamptz NOT NULL,
    time_zone text NOT NULL,
    terms_days integer NOT NULL CHECK (terms_days >= 0),
    numeric_patient_ids boolean NOT NULL DEFAULT false,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by text NOT NULL,
    PRIMARY KEY (clinic_no, valid_from)
);

-- Blind index of patient names: one row per keyed hash of a normalized name part.
CREATE TABLE patient_name_tokens (
    clinic_no integer NOT NULL,
    token bytea NOT NULL,
    patient_id text COLLATE "C" NOT NULL,
    key_id text NOT NULL,
    PRIMARY KEY (clinic_no, token, patient_id)
);
