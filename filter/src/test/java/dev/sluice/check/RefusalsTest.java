package dev.sluice.check;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What Redis says, in the words of its versions. */
class RefusalsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NOAUTH Authentication required.                                                        | PASSWORD_NEEDED
            WRONGPASS invalid username-password pair or user is disabled.                           | WRONG_PASSWORD
            ERR invalid password                                                                    | WRONG_PASSWORD
            ERR AUTH <password> called without any password configured for the default user.       | PASSWORD_IN_VAIN
            ERR Client sent AUTH, but no password is set                                            | PASSWORD_IN_VAIN
            ERR DB index is out of range                                                            | NO_SUCH_DATABASE
            ERR max number of clients reached                                                       | MAXCLIENTS
            DENIED Redis is running in protected mode because protected mode is enabled             | PROTECTED
            MOVED 3999 127.0.0.1:6381                                                               | CLUSTER_NODE
            ERR SELECT is not allowed in cluster mode                                               | CLUSTER_NODE
            ERR This instance has cluster support disabled                                          | NO_CLUSTER
            ERR unknown command 'EVALSHA', with args beginning with: '0000' '0'                     | COMMAND_UNKNOWN
            CLUSTERDOWN Hash slot not served                                                        | CLUSTER_DOWN
            READONLY You can't write against a read only replica.                                   | REPLICA
            MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.        | REPLICA
            LOADING Redis is loading the dataset in memory                                          | LOADING
            OOM command not allowed when used memory > 'maxmemory'.                                 | OUT_OF_MEMORY
            MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist | CANNOT_SAVE
            NOREPLICAS Not enough good replicas to write.                                           | TOO_FEW_REPLICAS
            BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.  | BUSY
            NOPERM this user has no permissions to run the 'hmget' command or its subcommand        | COMMAND_DENIED
            NOPERM User app has no permissions to run the 'time' command                            | COMMAND_DENIED
            NOPERM this user has no permissions to access one of the keys used as arguments         | KEYS_DENIED
            NOPERM No permissions to access a key                                                   | KEYS_DENIED
            ERR ACL failure in script: User app has no permissions to run the 'time' command script | COMMAND_DENIED
            ERR ACL failure in script: No permissions to access a key script: 54cff4, on @user_script:1. | KEYS_DENIED
            ERR something that nobody foresaw                                                       | REFUSED
            """)
    void eachHasItsCode(String refusal, Code code) {
        assertThat(Refusals.codeOf(refusal)).isEqualTo(code);
    }
}
