-- Two roles of PostgreSQL that can do what their node does and nothing more. Neither owns a table.
-- Run it as the owner of the tables, after every `manage.py migrate`. On a new server the owner may not be allowed to make
-- the two roles below: then a superuser makes them before, with the two lines that begin with CREATE ROLE.
--   psql "$OWNER_DATABASE_URL" -v ON_ERROR_STOP=1 --single-transaction -f deploy/grants.sql
-- In one transaction: between taking the rights away and giving them again, nodes that run would be refused.
-- Then give each role a password (\password safetycenter_public) and put it into the DATABASE_URL of its node.
-- The owner's own password belongs on no node: it is for migrate, remove_old_events and this file.
-- tests/reports/test_grants.py runs a whole report and the desk's work as these roles.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'safetycenter_public') THEN
        CREATE ROLE safetycenter_public LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'safetycenter_desk') THEN
        CREATE ROLE safetycenter_desk LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT;
    END IF;
    -- A temporary table could pass for one of ours.
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, safetycenter_public, safetycenter_desk;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, safetycenter_public, safetycenter_desk;
GRANT USAGE ON SCHEMA public TO safetycenter_public, safetycenter_desk;

-- ---------------------------------------------------------------- the public node

-- Readers: what is published, counts of one tap, searches that found nothing.
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN
        SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename LIKE 'education\_%'
            -- Proposals, old versions, unsaved texts, alt texts to read and the results of checks are the editors'.
            AND tablename NOT IN (
                'education_revision', 'education_starteritem', 'education_unsavedtext', 'education_externallink',
                'education_alttoread', 'education_livecheck'
            )
    LOOP
        EXECUTE format('GRANT SELECT ON %I TO safetycenter_public', name);
    END LOOP;
END
$$;
GRANT INSERT, UPDATE ON education_deadnumberreport, education_helpfulvote, education_zeroresultsearch TO safetycenter_public;
-- Of a version only which one readers see and when one is due; never its text, its author or a note.
GRANT SELECT (id, content_type_id, object_id, number, action, status, goes_live_at) ON education_revision
    TO safetycenter_public;
GRANT SELECT, INSERT, UPDATE ON safetycenter_cacheversion TO safetycenter_public;  -- pages that change by time alone
GRANT SELECT ON safetycenter_heartbeat TO safetycenter_public;
GRANT SELECT, INSERT ON reports_installation TO safetycenter_public;  -- the first node that asks makes the id
GRANT SELECT, INSERT, UPDATE, DELETE ON safetycenter_hit TO safetycenter_public;
GRANT SELECT ON django_migrations, django_content_type TO safetycenter_public;

-- Whether the form may be open: who is on duty and has a second factor; no password, no seed, no address.
GRANT SELECT (id, is_active, is_staff, is_superuser, last_login) ON auth_user TO safetycenter_public;
GRANT SELECT ON auth_user_groups, auth_group, auth_group_permissions, auth_permission TO safetycenter_public;
GRANT SELECT (id, user_id, type) ON mfa_authenticator TO safetycenter_public;
-- The routing rules and which teams are in use; not who belongs to a team.
GRANT SELECT ON reports_routingtable, reports_team TO safetycenter_public;
GRANT SELECT ON reports_staffedhours, reports_category, reports_winddown TO safetycenter_public;
-- The notice of a data breach, in every language; never the entry in the register.
DO $$
BEGIN
    EXECUTE (
        SELECT format('GRANT SELECT (id, %s) ON reports_breach TO safetycenter_public',
                      string_agg(quote_ident(column_name), ', '))
        FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = 'reports_breach' AND column_name LIKE 'notice%'
    );
END
$$;
GRANT SELECT (id, active, for_withheld, tested_at, failed_at, kind) ON reports_oncallchannel TO safetycenter_public;
-- Whether programs flood the form, and how many reports came since.
GRANT SELECT, INSERT, UPDATE ON reports_flood TO safetycenter_public;

-- Reporters: a draft, a case, its keys, files and messages. What a reporter changes of a case, column by column.
GRANT SELECT, INSERT, UPDATE, DELETE ON reports_sealedsession TO safetycenter_public;
GRANT SELECT, INSERT ON reports_case, reports_datakey, reports_message TO safetycenter_public;
GRANT UPDATE (
    state, outcome, restricted, indexed, tier, tier_rules, score, reasons, risk_flag, unreachable, may_lack_code,
    due_at, queue_key_at, overdue, seen_at, closed_at, promised_again_at, unread_reply, answered_at, next_action_at,
    close_agreed_at, left_open_at, keeps_place, restricted_by_words,
    withheld, files_forbidden, age_band, platform,
    offered_to_id, escalated_by_id, look_again_at, reserved_until, lead_case_id, refer_due_at,
    handler_id, last_handler_id, other_due_at, lift_requested_by_id, lease_until, version, last_visit_at, frozen_at, withdraw_at, erasure_needs_lead, erasure_approved,
    coerced, coerced_key_id, key_for_reporter, reporter_key_id, reporter_opener, reporter_wrapper,
    secret_salt, secret_verifier, replaced_verifier, secret_operations, secret_memory,
    events_head, events_count
) ON reports_case TO safetycenter_public;
-- Which way it may change them. Its reporters can only make a case more urgent, more closed to others and less decided.
CREATE OR REPLACE FUNCTION reports_case_public_limits() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    refused text;
BEGIN
    refused := CASE
        WHEN OLD.restricted AND NOT NEW.restricted THEN 'restricted'
        WHEN OLD.withheld AND NOT NEW.withheld THEN 'withheld'
        WHEN OLD.files_forbidden AND NOT NEW.files_forbidden THEN 'files_forbidden'
        -- What was not answered before sending is filled in once, and nobody becomes an adult by it.
        WHEN NEW.age_band <> OLD.age_band AND (OLD.age_band <> 'unknown' OR NEW.age_band = 'adult') THEN 'age_band'
        WHEN NEW.platform <> OLD.platform AND OLD.platform <> '' THEN 'platform'
        WHEN NEW.tier > OLD.tier THEN 'tier'
        WHEN OLD.risk_flag AND NOT NEW.risk_flag THEN 'risk_flag'
        WHEN NEW.indexed AND NOT OLD.indexed THEN 'indexed'  -- new words are indexed again, at a desk
        WHEN OLD.restricted_by_words AND NOT NEW.restricted_by_words THEN 'restricted_by_words'
        WHEN OLD.unreachable AND NOT NEW.unreachable THEN 'unreachable'
        WHEN NEW.may_lack_code AND OLD.may_lack_code IS NOT TRUE THEN 'may_lack_code'
        -- A reporter opens a closed case again and closes none; only a desk closes by time.
        WHEN NEW.state <> OLD.state AND NEW.state NOT IN ('triage', 'escalated', 'withdrawn') THEN 'state'
        WHEN NEW.closed_at IS DISTINCT FROM OLD.closed_at AND NEW.closed_at IS NOT NULL THEN 'closed_at'
        WHEN NEW.outcome <> OLD.outcome AND NEW.outcome <> '' THEN 'outcome'
        WHEN NEW.handler_id IS DISTINCT FROM OLD.handler_id AND NEW.handler_id IS NOT NULL THEN 'handler_id'
        WHEN NEW.last_handler_id IS DISTINCT FROM OLD.last_handler_id AND NEW.last_handler_id IS NOT NULL
            THEN 'last_handler_id'
        WHEN NEW.lift_requested_by_id IS DISTINCT FROM OLD.lift_requested_by_id AND NEW.lift_requested_by_id IS NOT NULL
            THEN 'lift_requested_by_id'
        -- A withdrawal is asked for or cancelled, never brought forward; an hour is left for clocks that differ.
        WHEN NEW.withdraw_at IS DISTINCT FROM OLD.withdraw_at AND NEW.withdraw_at IS NOT NULL
            AND (OLD.withdraw_at IS NOT NULL OR NEW.withdraw_at < clock_timestamp() + interval '71 hours')
            THEN 'withdraw_at'
        -- The time to refer is brought forward by words about danger, never put off.
        WHEN NEW.refer_due_at IS NULL AND OLD.refer_due_at IS NOT NULL OR NEW.refer_due_at > OLD.refer_due_at
            THEN 'refer_due_at'
        WHEN NEW.erasure_approved AND NOT OLD.erasure_approved THEN 'erasure_approved'
        WHEN OLD.erasure_needs_lead AND NOT NEW.erasure_needs_lead
            AND OLD.withdraw_at IS NOT NULL AND NEW.withdraw_at IS NOT NULL THEN 'erasure_needs_lead'
    END;
    IF refused IS NOT NULL THEN
        RAISE EXCEPTION 'permission denied: a public node does not change % this way', refused
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER reports_case_public_limits BEFORE UPDATE ON reports_case FOR EACH ROW
    WHEN (current_user = 'safetycenter_public') EXECUTE FUNCTION reports_case_public_limits();
GRANT UPDATE (first_shown_at) ON reports_message TO safetycenter_public;
GRANT SELECT ON reports_sentfile TO safetycenter_public;  -- what staff sent; the key is the reporter's
GRANT SELECT, INSERT, UPDATE, DELETE ON reports_evidence TO safetycenter_public;
-- A file of a draft may be taken out again; a file of a case stays.
ALTER TABLE reports_evidence ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS desk_all ON reports_evidence;
DROP POLICY IF EXISTS public_select ON reports_evidence;
DROP POLICY IF EXISTS public_insert ON reports_evidence;
DROP POLICY IF EXISTS public_update ON reports_evidence;
DROP POLICY IF EXISTS public_delete ON reports_evidence;
CREATE POLICY desk_all ON reports_evidence TO safetycenter_desk USING (true) WITH CHECK (true);
CREATE POLICY public_select ON reports_evidence FOR SELECT TO safetycenter_public USING (true);
CREATE POLICY public_insert ON reports_evidence FOR INSERT TO safetycenter_public WITH CHECK (true);
CREATE POLICY public_update ON reports_evidence FOR UPDATE TO safetycenter_public
    USING (case_id IS NULL) WITH CHECK (true);
CREATE POLICY public_delete ON reports_evidence FOR DELETE TO safetycenter_public USING (case_id IS NULL);

-- Another person asked for: the case is hidden from who has the case, or had it last, and only that is taken back.
GRANT SELECT (id, case_id, person_id, set_by_id, revocable, reason_key_id), INSERT, DELETE ON reports_recusal TO safetycenter_public;
ALTER TABLE reports_recusal ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS desk_all ON reports_recusal;
DROP POLICY IF EXISTS public_select ON reports_recusal;
DROP POLICY IF EXISTS public_insert ON reports_recusal;
DROP POLICY IF EXISTS public_delete ON reports_recusal;
CREATE POLICY desk_all ON reports_recusal TO safetycenter_desk USING (true) WITH CHECK (true);
CREATE POLICY public_select ON reports_recusal FOR SELECT TO safetycenter_public USING (true);
CREATE POLICY public_insert ON reports_recusal FOR INSERT TO safetycenter_public WITH CHECK (
    revocable AND set_by_id IS NULL
    AND EXISTS (SELECT FROM reports_case c WHERE c.id = case_id AND person_id IN (c.handler_id, c.last_handler_id))
);
CREATE POLICY public_delete ON reports_recusal FOR DELETE TO safetycenter_public USING (revocable);

-- The record: written, never changed. Who did what and the facts of it are the desk's to read.
GRANT INSERT ON reports_event TO safetycenter_public;
GRANT SELECT (id, case_id, number, action, at) ON reports_event TO safetycenter_public;
-- What reporters ask about their own data; answers are the desk's. To allow the use again, they end what they asked.
GRANT SELECT, INSERT ON reports_datarequest TO safetycenter_public;
GRANT UPDATE (answer, answered_at, ended_at) ON reports_datarequest TO safetycenter_public;
GRANT SELECT, INSERT ON reports_notice TO safetycenter_public;
-- Reminders: the sealed address is written or erased, never read or changed. The desk sends the code; typed right, it
-- switches reminders on. Of the sender only whether it was tested.
GRANT INSERT, DELETE ON reports_reminderaddress TO safetycenter_public;
GRANT SELECT (case_id, audience, sealed_key_id, asked_at, code_sent_at, code_salt, code_verifier, confirmed_at,
              covered_until, reminded_at, tries, try_again_at) ON reports_reminderaddress TO safetycenter_public;
GRANT UPDATE (confirmed_at) ON reports_reminderaddress TO safetycenter_public;
GRANT SELECT (id, address, confirmed_at, ended_at) ON reports_remindersender TO safetycenter_public;
-- For /readyz: what waits for its countersignature, open alarms, the last anchor.
GRANT SELECT ON reports_registerentry, reports_recordalarm, reports_anchor TO safetycenter_public;

-- Counters: each change of a case adds rows, which only a desk reads, folds and checks. Figures that everybody may read.
GRANT INSERT, SELECT (id) ON reports_tally TO safetycenter_public;
GRANT SELECT ON reports_tallycheck, reports_quarterfigures TO safetycenter_public;
GRANT SELECT (id, quarter_id, made_on, text, text_ind, text_en) ON reports_figurecorrection TO safetycenter_public;

-- ---------------------------------------------------------------- the desk

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO safetycenter_desk;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM safetycenter_desk;
-- The record is append-only; only the owner, with remove_old_events, ends the record of a case.
REVOKE UPDATE, DELETE ON reports_event, reports_registerentry, reports_staffevent FROM safetycenter_desk;
REVOKE INSERT, UPDATE, DELETE ON reports_checkpoint FROM safetycenter_desk;
REVOKE DELETE ON reports_anchor, reports_recordalarm, reports_insideralarm FROM safetycenter_desk;
