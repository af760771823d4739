-- token_bucket.lua: decides requests on token buckets, exactly, on the clock of Redis.
-- The arithmetic is that of dev.sluice.bucket.TokenBucket, name by name; its package page explains it.
--
-- One call decides a list of requests, in order. A request charges one or more buckets, all or nothing:
-- if an enforced bucket cannot pay, none is charged. A bucket is read once and written once a call.
-- Equal requests, one right after the other, are told once: the first of them are permitted, the rest rejected.
--
-- KEYS  the buckets, each once
-- ARGV  kinds                                 how many kinds of bucket follow, >= 1
--         each kind:     capacity             tokens, 1 to 10^9
--                        refill_tokens        units that a microsecond adds, >= 1
--                        refill_period_micros units that a token is, >= 1; capacity * this <= 2^53
--       for each key:    kind                 position among the kinds, from 1
--       for each request:
--                        times                how many equal ones it stands for, >= 1; or
--                                             0 to look whether it could pay, without taking; or
--                                             -1 to give back what one took before it was rejected elsewhere
--                        charges              how many follow, >= 1, each for another key:
--         each charge:   key                  position in KEYS, from 1
--                        cost                 tokens, 0 to capacity; 0 looks without taking
--                        enforced             1, or 0 to measure only (shadow)
--
-- reply, all integers:   now                  microseconds since 1970
--       for each charge: taken                how often the cost was taken, or -1: the key holds another type
--                        remaining            whole tokens after all of them
--                        next_token_micros    until one token more, 0 if the bucket is full
--                        retry_after_micros   until the cost could be taken again, 0 if at once
--       at the end:      key                  position of each bucket that was damaged, so counted as full
--
-- A request with a key of another type charges nothing; its other charges tell what they hold.
-- What is given back never fills a bucket above its capacity; a bucket that is missing is full.
--
-- Stored, a hash:          tokens                whole tokens
--                          last_refill           microseconds since 1970
--                          fraction              of the next token, "units/units of a token"
-- It expires when the bucket would be full again, which is what a missing bucket is.

local CLOCK_STEP_MICROS = 1000000 -- a larger step back of the clock is believed
local EXPIRY_MARGIN_MILLIS = 10   -- expire a little after full, never before
local MAX_EXACT = 9007199254740992

-- Half the time of a call is Lua's. So what is used once stands where it is used, for a function costs as much as a
-- decision's arithmetic; what is used often is looked up once; and digits become a number by adding 0, which is cheaper
-- than tonumber. Numbers go to Redis as they are: up to 2^53 it writes whole ones digit by digit.
local call, find, match, format = redis.call, string.find, string.match, string.format
local floor, ceil = math.floor, math.ceil
local KEYS, ARGV = KEYS, ARGV

-- The digits as a number; nil if there are others than digits, none, or too many to be exact.
local function whole_number(digits)
  if digits and find(digits, '^%d+$') then
    local number = digits + 0
    if number <= MAX_EXACT then return number end
  end
end

-- numerator/denominator * units, rounded down; nil if that is no fraction. Bit by bit: the product itself would not fit.
local function rescale(numerator, denominator, units)
  local fraction, from = whole_number(numerator), whole_number(denominator)
  if not (fraction and from and fraction < from) then return nil end
  local quotient, rest, bit = 0, 0, MAX_EXACT
  local function add(summand) -- rest = rest + summand, carried into the quotient, never above 2^53
    if rest >= from - summand then
      quotient, rest = quotient + 1, rest - (from - summand)
    else
      rest = rest + summand
    end
  end
  while bit >= 1 do
    quotient = quotient * 2
    add(rest)
    if units >= bit then
      units = units - bit
      add(fraction)
    end
    bit = bit / 2
  end
  return quotient
end

local clock = call('TIME')
local now = clock[1] * 1000000 + clock[2]
local now_text = clock[1] .. format('%06d', clock[2])

-- Until the bucket holds so many tokens. A stored time ahead of the clock must be reached first.
local function micros_until(bucket, tokens)
  local refill_tokens = bucket.kind.refill_tokens
  local missing_units = (tokens - bucket.tokens) * bucket.kind.refill_period_micros - bucket.fraction
  -- Exact below 2^53: the quotient of two such numbers never rounds up to a whole one.
  local micros = floor(missing_units / refill_tokens)
  if micros * refill_tokens < missing_units then micros = micros + 1 end
  return micros + (bucket.last_refill - now)
end

local kinds = {}
local argument = 2 -- the next to read
for kind = 1, ARGV[1] + 0 do
  local units = ARGV[argument + 2]
  kinds[kind] = {
    capacity = ARGV[argument] + 0,
    refill_tokens = ARGV[argument + 1] + 0,
    refill_period_micros = units + 0,
    units_text = units,
    fraction_format = (#units < 10 and '%d/' or '%.0f/') .. units, -- '%d' writes no larger ones on every machine
  }
  argument = argument + 3
end

-- Every bucket, brought up to now.
local buckets = {}
for position = 1, #KEYS do
  local key, of_kind = KEYS[position], ARGV[argument]
  local kind = kinds[of_kind == '1' and 1 or of_kind + 0]
  local capacity, refill_period_micros = kind.capacity, kind.refill_period_micros
  local found, changed = 'good', false
  local tokens, fraction, last_refill = capacity, 0, now
  local stored = redis.pcall('HMGET', key, 'tokens', 'last_refill', 'fraction')
  if stored.err then
    if not find(stored.err, 'WRONGTYPE', 1, true) then call('HMGET', key, 'tokens') end -- fails again, for the caller
    found = 'foreign'
  elseif not (stored[1] or stored[2] or stored[3]) then
    found = 'new'
  else
    local stored_tokens, stored_time = whole_number(stored[1]), whole_number(stored[2])
    local units, units_of_token = match(stored[3] or '', '^(%d+)/(%d+)$')
    if units_of_token == kind.units_text then -- nearly always: written under the parameters of today
      units = units + 0
      if units >= refill_period_micros then units = nil end
    elseif units then
      units = rescale(units, units_of_token, refill_period_micros)
    end
    if not (stored_tokens and stored_time and units) then
      found = 'damaged'
    else
      if stored_tokens < capacity then tokens, fraction = stored_tokens, units end
      if stored_time - now > CLOCK_STEP_MICROS then
        changed = true
      elseif stored_time >= now then
        last_refill = stored_time
      else
        -- Where the product is not exact it is above 2^53, and so above all that can be missing.
        local gained_units = (now - stored_time) * kind.refill_tokens
        if gained_units >= (capacity - tokens) * refill_period_micros - fraction then
          tokens, fraction = capacity, 0
        else
          units = fraction + gained_units
          local gained = floor(units / refill_period_micros)
          tokens, fraction = tokens + gained, units - gained * refill_period_micros
        end
      end
    end
  end
  buckets[position] = {
    kind = kind, found = found, changed = changed, tokens = tokens, fraction = fraction, last_refill = last_refill,
  }
  argument = argument + 1
end

-- One request after the other: how often all its buckets can pay, then they do.
local reply, size = { now, 0, 0, 0, 0 }, 1
local arguments = #ARGV
while argument <= arguments do
  local times, charges = ARGV[argument], ARGV[argument + 1]
  times, charges = times == '1' and 1 or times + 0, charges == '1' and 1 or charges + 0
  local permitted = times > 0 and times or 0
  local first = argument + 2
  argument = first + charges * 3
  local bucket, cost
  for charge = first, argument - 1, 3 do
    bucket, cost = buckets[ARGV[charge] + 0], ARGV[charge + 1]
    cost = cost == '1' and 1 or cost + 0
    if bucket.found == 'foreign' then
      permitted = 0
    elseif permitted * cost > bucket.tokens and ARGV[charge + 2] == '1' then
      permitted = floor(bucket.tokens / cost)
    end
  end
  for charge = first, argument - 1, 3 do
    if charges > 1 then bucket, cost = buckets[ARGV[charge] + 0], ARGV[charge + 1] + 0 end
    local taken, remaining, next_token, retry_after = -1, 0, 0, 0
    if bucket.found ~= 'foreign' then
      local capacity = bucket.kind.capacity
      taken, remaining = permitted, bucket.tokens
      if times < 0 and bucket.found == 'good' and cost > 0 then -- give back
        remaining, bucket.changed = remaining + cost, true
        if remaining >= capacity then remaining, bucket.fraction = capacity, 0 end
      end
      if taken * cost > remaining then taken = floor(remaining / cost) end -- measured only
      if taken * cost > 0 then remaining, bucket.changed = remaining - taken * cost, true end
      bucket.tokens = remaining
      if remaining < capacity then next_token = micros_until(bucket, remaining + 1) end
      if remaining < cost then retry_after = micros_until(bucket, cost) end
    end
    reply[size + 1], reply[size + 2], reply[size + 3], reply[size + 4] = taken, remaining, next_token, retry_after
    size = size + 4
  end
end

for position = 1, #KEYS do
  local key, bucket = KEYS[position], buckets[position]
  if bucket.changed then
    local kind = bucket.kind
    local expiry = ceil(micros_until(bucket, kind.capacity) / 1000) + EXPIRY_MARGIN_MILLIS
    -- A bucket must never be left without expiry. So before its first write, a user who may not set one fails here.
    -- Asking is better than trying (Redis 7): after one write of any kind Redis no longer minds maxmemory.
    if bucket.found == 'new' and not (redis.acl_check_cmd and redis.acl_check_cmd('PEXPIRE', key, expiry)) then
      call('PEXPIRE', key, expiry)
    end
    call('HSET', key,
      'tokens', format('%d', bucket.tokens),
      'last_refill', bucket.last_refill == now and now_text or bucket.last_refill,
      'fraction', format(kind.fraction_format, bucket.fraction))
    call('PEXPIRE', key, expiry)
  end
  if bucket.found == 'damaged' then
    size = size + 1
    reply[size] = position
  end
end
return reply
