-- Users whom an OpenID Connect issuer vouches for, as their last token described them. Issuer and
-- subject together are the account: the same subject of another issuer is somebody else.
CREATE TABLE federated_users (
    user_id text COLLATE "C" PRIMARY KEY,
    issuer text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    role text COLLATE "C" NOT NULL
        CHECK (role IN ('admin', 'finance', 'staff', 'collections', 'auditor', 'none')),
    clinic_ids text[] COLLATE "C",
    first_seen_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    disabled_at timestamptz,
    UNIQUE (issuer, subject)
)
