"""ElastiCache's users and user groups for the emulated AWS: their API, and their CloudFormation types.

moto knows a part of the users' API, and neither user groups nor either type in a template. What is here
goes by the API's model and by its documentation: the limits are a reading of that, not AWS's own code.
"""

import re

from moto.cloudformation.exceptions import ValidationError
from moto.core.exceptions import ServiceException

ENGINES = ("redis", "valkey")
# What is asked for by one word is answered by another.
TYPES = {"password": "password", "no-password-required": "no-password", "iam": "iam"}
# Access strings are given back in the words on the right.
SPELLINGS = {"allkeys": "~*", "allchannels": "&*", "allcommands": "+@all", "nocommands": "-@all"}
# From which version on an engine has users at all, and users who prove who they are by IAM.
SINCE = {"redis": {"users": (6, 0), "iam": (7, 0)}, "valkey": {"users": (7, 2), "iam": (7, 2)}}


def install(plus):
    """Adds everything to `plus`, the emulator's module."""
    error, bad, combination = plus.err, plus.bad, plus.comb
    State, Base = plus.State, plus.Base

    def identifier(name, what):
        if len(name) > 40 or not re.fullmatch(r"[A-Za-z](-?[A-Za-z0-9])*", name):
            raise bad(f"{what} must be 1-40 letters, digits and single hyphens, a letter first: {name}")
        return name.lower()

    def engine_of(parameters):
        engine = parameters["Engine"].lower()
        if engine not in ENGINES:
            raise bad(f"Engine must be one of {', '.join(ENGINES)}: {parameters['Engine']}")
        return engine

    def access(text):
        """As ElastiCache gives it back: a second plan shows where a string is written otherwise."""
        words = [SPELLINGS.get(w, w) for w in text.split()]
        if any(w[0] in "><#!" or w in ("nopass", "resetpass", "reset") for w in words):
            raise bad("an access string holds neither passwords nor reset")
        if not {"on", "off"} & set(words):
            words.insert(0, "off")
        commands = [n for n, w in enumerate(words) if w[0] in "+-"]
        if not commands or words[commands[0]] not in ("+@all", "-@all"):
            words.insert(commands[0] if commands else len(words), "-@all")
        return " ".join(words)

    def authentication(parameters):
        """(type in the request's word, passwords) out of the new parameter or the two old ones; or None."""
        mode = parameters.get("AuthenticationMode")
        passwords, free = parameters.get("Passwords"), parameters.get("NoPasswordRequired")
        if mode is not None:
            if passwords or free:
                raise combination("AuthenticationMode excludes Passwords and NoPasswordRequired")
            kind, passwords = mode.get("Type"), mode.get("Passwords", [])
            if kind is None:
                raise combination("AuthenticationMode needs a Type")
        elif free and passwords:
            raise combination("NoPasswordRequired excludes Passwords")
        elif free or passwords:
            kind, passwords = ("no-password-required", []) if free else ("password", passwords)
        else:
            return None
        if kind == "password" and not passwords:
            raise combination("the authentication type password needs Passwords")
        if kind != "password" and passwords:
            raise combination(f"the authentication type {kind} excludes Passwords")
        if len(passwords) > 2:
            raise bad("a user has two passwords at most")
        if any(not 16 <= len(p) <= 128 for p in passwords):
            raise bad("a password must have 16 to 128 characters")
        return kind, passwords

    def authenticated(user, given):
        kind, passwords = given
        if kind == "iam" and user["UserName"].lower() != user["UserId"]:
            raise combination("a user with the authentication type iam must have a name equal to its id")
        if kind == "no-password-required" and user["Engine"] == "valkey":
            raise combination("a user with the engine valkey needs a password or IAM")
        user["Authentication"] = {"Type": TYPES[kind], "PasswordCount": len(passwords)}
        if kind != "password":
            del user["Authentication"]["PasswordCount"]
        user["_passwords"] = passwords

    def version(text):
        """Its first two numbers; "7" and "7.x" stand for the newest of their kind."""
        major, _, minor = str(text).partition(".")
        minor = re.match(r"\d+", minor)
        return int(major), int(minor[0]) if minor else 99

    def members(state, ids, engine):
        """Checks who would be in a group together."""
        users = [state.get("user", i) for i in ids]
        names = [u["UserName"] for u in users]
        if len(set(names)) != len(names):
            raise error("DuplicateUserName", f"two users of one name: {', '.join(sorted(names))}")
        if engine == "redis" and "default" not in names:
            raise error("DefaultUserRequired", "a user group of redis needs a user whose name is default")
        for user in users:
            if engine == "redis" and user["Engine"] != "redis":
                raise bad(f"{user['UserId']} is a user of {user['Engine']}, its group would be one of redis")
            if engine == "valkey" and user["Authentication"]["Type"] == "no-password":
                raise bad(f"{user['UserId']} needs no password, which a user group of valkey does not take")

    def with_groups(user, state):
        holding = [g["UserGroupId"] for g in state.d["group"].values() if user["UserId"] in g["UserIds"]]
        return {**user, "UserGroupIds": holding}

    def with_caches(group, state):
        id_ = group["UserGroupId"]
        using = [r["ReplicationGroupId"] for r in state.d["rg"].values() if id_ in r.get("UserGroupIds", [])]
        return {**group, "ReplicationGroups": using}

    class Calls:
        """The operations, each under the API's name for it, as methods of the emulator's state."""

        def CreateUser(self, p):
            id_ = identifier(p["UserId"], "UserId")
            if id_ in self.d["user"]:
                raise error("UserAlreadyExists", id_)
            user = {
                "UserId": id_,
                "UserName": p["UserName"],
                "Status": "active",
                "Engine": engine_of(p),
                "MinimumEngineVersion": "6.0",
                "AccessString": access(p["AccessString"]),
                "ARN": self.arn("user", id_),
            }
            given = authentication(p)
            if given is None:
                raise combination("no password was given, nor said that none is required")
            authenticated(user, given)
            self.d["user"][id_] = user
            self.put_tags(user["ARN"], p.get("Tags"))
            return with_groups(user, self)

        def DescribeUsers(self, p):
            found = [self.get("user", p["UserId"])] if "UserId" in p else list(self.d["user"].values())
            if "Engine" in p:
                found = [u for u in found if u["Engine"] == p["Engine"].lower()]
            for wanted in p.get("Filters", []):
                found = [u for u in found if str(u.get(wanted["Name"])) in wanted["Values"]]
            return {"Users": [with_groups(u, self) for u in found]}

        def ModifyUser(self, p):
            # nothing is kept of a change that is refused half-way
            user = {**self.get("user", p["UserId"])}
            if "Engine" in p:
                user["Engine"] = engine_of(p)
            if "AccessString" in p:
                user["AccessString"] = access(p["AccessString"])
            if "AppendAccessString" in p:
                user["AccessString"] = access(f"{user['AccessString']} {p['AppendAccessString']}")
            given = authentication(p)
            if given is not None:
                authenticated(user, given)
            self.d["user"][user["UserId"]] = user
            return with_groups(user, self)

        def DeleteUser(self, p):
            user = self.get("user", p["UserId"])
            id_ = user["UserId"]
            if id_ == "default":
                raise bad("the account's own default user can't be deleted")
            holding = [g for g in self.d["group"].values() if id_ in g["UserIds"]]
            if holding and user["UserName"] == "default":
                raise error("DefaultUserAssociatedToUserGroup", id_)
            for group in holding:
                group["UserIds"].remove(id_)
            self.tags.pop(user["ARN"], None)
            return {**with_groups(self.d["user"].pop(id_), self), "Status": "deleting"}

        def CreateUserGroup(self, p):
            id_ = identifier(p["UserGroupId"], "UserGroupId")
            if id_ in self.d["group"]:
                raise error("UserGroupAlreadyExists", id_)
            engine, ids = engine_of(p), [i.lower() for i in p.get("UserIds", [])]
            members(self, ids, engine)
            group = {
                "UserGroupId": id_,
                "Status": "active",
                "Engine": engine,
                "UserIds": ids,
                "MinimumEngineVersion": "6.0",
                "ARN": self.arn("usergroup", id_),
            }
            self.d["group"][id_] = group
            self.put_tags(group["ARN"], p.get("Tags"))
            return with_caches(group, self)

        def DescribeUserGroups(self, p):
            id_ = p.get("UserGroupId")
            found = [self.get("group", id_)] if id_ else list(self.d["group"].values())
            return {"UserGroups": [with_caches(g, self) for g in found]}

        def ModifyUserGroup(self, p):
            group = self.get("group", p["UserGroupId"])
            more, less = ([i.lower() for i in p.get(k, [])] for k in ("UserIdsToAdd", "UserIdsToRemove"))
            if not more and not less and "Engine" not in p:
                raise combination("a change of a user group must add, remove or change something")
            if set(more) & set(group["UserIds"]) or set(less) - set(group["UserIds"]):
                raise bad("users to add must not be in the group yet, users to remove must be")
            ids = [i for i in group["UserIds"] if i not in less] + more
            engine = engine_of(p) if "Engine" in p else group["Engine"]
            members(self, ids, engine)
            group.update(UserIds=ids, Engine=engine)
            return with_caches(group, self)

        def DeleteUserGroup(self, p):
            group = with_caches(self.get("group", p["UserGroupId"]), self)
            if group["ReplicationGroups"]:
                raise error("InvalidUserGroupState", f"in use by {', '.join(group['ReplicationGroups'])}")
            self.tags.pop(group["ARN"], None)
            del self.d["group"][group["UserGroupId"]]
            return {**group, "Status": "deleting"}

    for name, operation in vars(Calls).items():
        if name[0].isupper():
            setattr(State, name, operation)
            setattr(plus.ElastiCacheResponse, plus.snake(name), plus.handler(name))

    State.FAULT |= {"user": "UserNotFound", "group": "UserGroupNotFound"}
    begin = State.__init__

    def begin_with_default(self, account, region):
        begin(self, account, region)
        default = {
            "UserId": "default",
            "UserName": "default",
            "Status": "active",
            "Engine": "redis",
            "MinimumEngineVersion": "6.0",
            "AccessString": "on ~* +@all",
            "Authentication": {"Type": "no-password"},
            "ARN": self.arn("user", "default"),
        }
        self.d |= {"user": {"default": default}, "group": {}}

    State.__init__ = begin_with_default

    rules = plus.rules

    def rules_with_groups(state, p, old=None):
        """The emulator's rules for a replication group, and those about its user groups."""
        rules(state, p, old)
        whole = {**(old or {}), **p}
        ids = whole.get("UserGroupIds") or []
        if not ids:
            return
        if len(ids) > 1:
            raise bad("a replication group takes one user group")
        if whole.get("AuthToken") and p.get("AuthTokenUpdateStrategy") != "DELETE":
            raise combination("UserGroupIds excludes AuthToken")
        if not whole.get("TransitEncryptionEnabled"):
            raise combination("UserGroupIds can be given only where TransitEncryptionEnabled is true")
        engine = whole.get("Engine", "redis")
        group, has = state.get("group", ids[0]), version(whole.get("EngineVersion", "7.1"))
        if has < SINCE[engine]["users"]:
            raise combination(f"{engine} {whole['EngineVersion']} has no user groups")
        if engine == "redis" and group["Engine"] != "redis":
            raise combination(f"a cache of redis does not take {ids[0]}, a user group of {group['Engine']}")
        by_iam = [i for i in group["UserIds"] if state.get("user", i)["Authentication"]["Type"] == "iam"]
        if by_iam and has < SINCE[engine]["iam"]:
            raise combination(f"{engine} {whole['EngineVersion']} knows no IAM, but {', '.join(by_iam)} needs it")

    plus.rules = rules_with_groups
    modify = State.ModifyReplicationGroup

    def modify_with_groups(self, p):
        """A change of the user group comes as what to add and what to remove, not as what there is."""
        group = self.get("rg", p["ReplicationGroupId"])
        ids = [] if p.get("RemoveUserGroups") else list(group["_in"].get("UserGroupIds", []))
        ids = [i for i in ids if i not in p.get("UserGroupIdsToRemove", [])] + p.get("UserGroupIdsToAdd", [])
        rules_with_groups(self, {**p, "UserGroupIds": ids}, group["_in"])
        group["_in"]["UserGroupIds"] = ids
        return modify(self, p)

    State.ModifyReplicationGroup = modify_with_groups

    class Template(Base):
        """What a template's user and user group have in common."""

        __module__ = Base.__module__  # moto takes the service from it
        KIND = ""

        @classmethod
        def cloudformation_type(cls):
            return cls.TYPE

        @classmethod
        def params(cls, name, j, account, region):
            if cls.NAME not in j.get("Properties", {}):
                raise ValidationError(message=f"{cls.TYPE}: {cls.NAME} is required")
            if "{{resolve:ssm-secure:" in str(j["Properties"]):
                raise ValidationError(message=f"{cls.TYPE} does not support SSM Secure references")
            return super().params(name, j, account, region)

        @classmethod
        def done(cls, state, p, answer, extra):
            return cls(answer[cls.NAME], {"Arn": answer["ARN"], "Status": answer["Status"]})

        @classmethod
        def update_from_cloudformation_json(
            cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name
        ):
            state = State.of(account_id, region_name)
            new = cls.params(new_resource_name, cloudformation_json, account_id, region_name)
            old = state.get(cls.KIND, original_resource.pid)
            if any(k in new and new[k] != old[k] for k in cls.REPLACE):
                return super().update_from_cloudformation_json(
                    original_resource, new_resource_name, cloudformation_json, account_id, region_name
                )
            try:
                cls.modify(state, new, old)
            except ServiceException as trouble:
                message = f"{cls.TYPE}: {type(trouble).__name__}: {trouble.message}"
                raise ValidationError(message=message) from None
            return original_resource

        @classmethod
        def delete_from_cloudformation_json(cls, name, j, account_id, region_name):
            state = State.of(account_id, region_name)
            if name in state.d[cls.KIND]:
                state.call("Delete" + cls.OP.removeprefix("Create"), {cls.NAME: name})

    class User(Template):
        __module__ = Base.__module__
        TYPE, OP, NAME, KIND = "AWS::ElastiCache::User", "CreateUser", "UserId", "user"
        ATTRS, REPLACE = ("Arn", "Status"), ("UserId", "UserName")

        @classmethod
        def modify(cls, state, new, old):
            state.call("ModifyUser", {k: v for k, v in new.items() if k not in ("UserName", "Tags")})

    class UserGroup(Template):
        __module__ = Base.__module__
        TYPE, OP, NAME, KIND = "AWS::ElastiCache::UserGroup", "CreateUserGroup", "UserGroupId", "group"
        ATTRS, REPLACE = ("Arn", "Status"), ("UserGroupId", "Engine")

        @classmethod
        def modify(cls, state, new, old):
            ids, had = new.get("UserIds", []), old["UserIds"]
            change = {
                "UserIdsToAdd": [i for i in ids if i not in had],
                "UserIdsToRemove": [i for i in had if i not in ids],
            }
            change = {k: v for k, v in change.items() if v}
            if change:
                state.call("ModifyUserGroup", {"UserGroupId": new["UserGroupId"], **change})

    return [User, UserGroup]
