package dev.sluice.store.redis;

import dev.sluice.store.FaultKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import java.net.SocketTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;

/** The error table by its words; {@code ErrorTableIT} provokes the same errors on a real server. */
class FaultTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "READONLY You can't write against a read only replica.      | REFUSED       | it is a replica",
                "LOADING Redis is loading the dataset in memory             | REFUSED       | it is loading its data",
                "MASTERDOWN Link with MASTER is down                        | REFUSED       | it is a replica without its master",
                "CLUSTERDOWN Hash slot not served                           | REFUSED       | the cluster is down",
                "CLUSTERDOWN The cluster is down                            | REFUSED       | the cluster is down",
                "TRYAGAIN Multiple keys request during rehashing of slot    | REFUSED       | the cluster is moving the slot",
                "MOVED 3999 127.0.0.1:6381                                  | MISCONFIGURED | it is a node of a cluster",
                "ASK 3999 127.0.0.1:6381                                    | MISCONFIGURED | it is a node of a cluster",
                "CROSSSLOT Keys in request don't hash to the same slot      | MISCONFIGURED | it is a node of a cluster",
                "BUSY Redis is busy running a script.                       | REFUSED       | somebody's script runs and runs",
                "OOM command not allowed when used memory > 'maxmemory'.    | REFUSED       | maxmemory is reached",
                "MISCONF Redis is configured to save RDB snapshots          | REFUSED       | it cannot save to disk",
                "NOREPLICAS Not enough good replicas to write.              | REFUSED       | too few replicas are connected",
                "ERR max number of clients reached                          | REFUSED       | maxclients is reached",
                "NOAUTH Authentication required.                            | MISCONFIGURED | set redis.password",
                "WRONGPASS invalid username-password pair                   | MISCONFIGURED | redis.username or redis.password is wrong",
                "NOPERM this user has no permissions to run the 'evalsha'   | MISCONFIGURED | lacks a permission",
                "ERR The user executing the script can't run this command   | MISCONFIGURED | lacks a permission",
                "ERR ACL failure in script: User app has no permissions     | MISCONFIGURED | lacks a permission",
                "ERR AUTH <password> called without any password configured | MISCONFIGURED | unset redis.password",
                "ERR DB index is out of range                               | MISCONFIGURED | it has no such database",
                "ERR something new                                          | REFUSED       | ERR something new",
            })
    void readsWhatRedisSays(String message, FaultKind kind, String meaning) {
        Fault fault = Fault.of(new JedisDataException(message));
        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.reason()).contains(meaning).contains(message);
        assertThat(fault.endsLine()).isFalse();
    }

    @Test
    void aConnectionThatEndsMayHaveBeenStale() {
        Fault fault = Fault.of(new JedisConnectionException("Unexpected end of stream."));
        assertThat(fault.kind()).isEqualTo(FaultKind.DISCONNECTED);
        assertThat(fault.mayBeStale()).isTrue();
        assertThat(fault.endsLine()).isTrue();
    }

    @Test
    void aTimeOutIsNeverTriedAgain() {
        Fault fault = Fault.of(new JedisConnectionException(new SocketTimeoutException("Read timed out")));
        assertThat(fault).isEqualTo(Fault.LATE);
        assertThat(fault.mayBeStale()).isFalse();
        assertThat(fault.endsLine()).isTrue();
    }

    @Test
    void whatIsNotARedisReplyEndsTheLine() {
        assertThat(Fault.of(new JedisConnectionException("Unknown reply: H")).kind())
                .isEqualTo(FaultKind.GARBAGE);
        assertThat(Fault.of(new NumberFormatException("abc")).kind()).isEqualTo(FaultKind.GARBAGE);
    }

    @Test
    void aPeerCannotForgeALogLine() {
        assertThat(Fault.of(new JedisDataException("ERR \r\n\u001b[31mINFO all is well\u0000\u00e9"))
                        .reason())
                .isEqualTo("ERR ???[31mINFO all is well??");
    }
}
